import { join } from 'node:path';
import { incompatibilities } from './compatibility.js';
import { DOCUMENT_FOLDER, type Documents } from './contract-documents.js';
import { drift, readDocuments, writeDocuments } from './document-folder.js';
import { promisedSchemas } from './promised-schemas.js';

/** What a run has to say; it fails when a line of `errors` is there. */
export interface Outcome {
  readonly errors: readonly string[];
  readonly notes: readonly string[];
}

const NEXT_VERSION = [
  'What is published of a version stands: declare the next version beside it (docs/contracts/README.md).',
  'Where the break is meant: npm run contracts -- --breaking, and mark the commit (feat!: …); the check passes once it stands.',
];

/** Compares the documents with what was promised and with the folder; changes nothing. */
export function checkDocuments(top: string, documents: Documents): Outcome {
  const { errors, notes } = keptPromises(top, documents);
  const differences = drift(join(top, DOCUMENT_FOLDER), documents).map((line) => `${DOCUMENT_FOLDER}/${line}`);
  const advice = differences.length > 0 ? ['Run npm run contracts and commit.'] : [];
  const all = [...errors, ...differences, ...advice];
  return { errors: all, notes: all.length > 0 ? notes : [...notes, `${documents.size} documents in ${DOCUMENT_FOLDER} are as declared`] };
}

/** Writes the documents; when a promise would be broken, only if that is meant. */
export function writeAll(top: string, documents: Documents, meant: boolean): Outcome {
  const { errors, notes } = keptPromises(top, documents);
  if (errors.length > 0 && !meant) return { errors, notes };
  writeDocuments(join(top, DOCUMENT_FOLDER), documents);
  return { errors: [], notes: [...errors, ...notes, `${documents.size} documents written to ${DOCUMENT_FOLDER}`] };
}

function keptPromises(top: string, documents: Documents): Outcome {
  const { promises, unseen } = promisedSchemas(top, readDocuments(join(top, DOCUMENT_FOLDER)));
  const broken = incompatibilities(documents, promises);
  return { errors: broken.length > 0 ? [...broken, ...NEXT_VERSION] : [], notes: unseen === undefined ? [] : [`note: ${unseen}`] };
}
