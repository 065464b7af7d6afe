// node dist/scripts/checks/contract-documents.js [--check] [--unreleased]: writes docs/contracts, or says how it differs.
import 'reflect-metadata';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { incompatibilities } from './contracts/compatibility.js';
import { contractDocuments, DOCUMENT_FOLDER } from './contracts/contract-documents.js';
import { drift, writeDocuments } from './contracts/document-folder.js';
import { committed, released } from './contracts/promised-documents.js';

const { check, unreleased } = parseArgs({
  options: { check: { type: 'boolean', default: false }, unreleased: { type: 'boolean', default: false } },
}).values;

const top = process.cwd();
const folder = join(top, DOCUMENT_FOLDER);
const documents = contractDocuments();
const promises = [released(top), !unreleased && committed(top)].filter((promised) => !!promised);
const broken = new Set(promises.flatMap((promised) => incompatibilities(documents, promised)));

if (broken.size > 0) {
  fail([...broken], 'an event of that version was told otherwise: declare the next version (before its release: npm run contracts -- --unreleased)');
} else if (check) {
  const differences = drift(folder, documents);
  if (differences.length > 0) fail(differences.map((line) => `${DOCUMENT_FOLDER}/${line}`), 'run npm run contracts and commit');
  else console.log(`${documents.size} documents in ${DOCUMENT_FOLDER} are as declared`);
} else {
  writeDocuments(folder, documents);
  console.log(`${documents.size} documents written to ${DOCUMENT_FOLDER}`);
}

function fail(lines: string[], advice: string): void {
  console.error([...lines, advice].join('\n'));
  process.exitCode = 1;
}
