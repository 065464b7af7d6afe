import { DOCUMENT_FOLDER, EVENT_FOLDER, type Documents } from './contract-documents.js';
import { blobTexts, changesBelow, historyDepth, type FileChange } from './git-history.js';

/** By the path of an event's schema: every text that was promised under it and still binds, the latest first. */
export type Promises = ReadonlyMap<string, readonly string[]>;

/** What was promised, and what of it could not be seen. */
export interface Promised {
  readonly promises: Promises;
  readonly unseen?: string;
}

/**
 * What the commits up to HEAD promised. Every commit counts, not the last alone: a change whose documents were
 * regenerated in the same commit, or in an earlier one of the same branch, is compared with what stood before it. A
 * commit marked as breaking begins anew for the schemas that it touches. Without git, the folder is all that is known.
 */
export function promisedSchemas(top: string, standing: Documents): Promised {
  const depth = historyDepth(top);
  const changes = depth === 'none' ? [] : changesBelow(top, DOCUMENT_FOLDER);
  if (changes.length === 0) return { promises: fromFolder(standing), unseen: UNSEEN.none };
  const promises = fromCommits(top, changes.filter(({ path }) => isSchema(path)));
  return depth === 'shallow' ? { promises, unseen: UNSEEN.shallow } : { promises };
}

const UNSEEN = {
  none: 'no git history of the documents here: compared with the documents in the folder only',
  shallow: 'the history of this clone is cut off: changes before it were not compared (in CI, fetch all of it: fetch-depth 0)',
};

function isSchema(path: string): boolean {
  return path.startsWith(`${EVENT_FOLDER}/`);
}

function fromFolder(standing: Documents): Promises {
  return new Map([...standing].filter(([path]) => isSchema(path)).map(([path, text]) => [path, [text]]));
}

function fromCommits(top: string, changes: readonly FileChange[]): Promises {
  const byPath = Map.groupBy(changes, ({ path }) => path);
  const binding = new Map([...byPath].map(([path, ofPath]) => [path, bindingBlobs(ofPath)]));
  const texts = blobTexts(top, [...new Set([...binding.values()].flat())]);
  return new Map([...binding].map(([path, blobs]) => [path, blobs.map((blob) => texts.get(blob)!)]));
}

function bindingBlobs(changes: readonly FileChange[]): string[] {
  const breaking = changes.findIndex(({ message }) => isBreaking(message));
  const since = breaking < 0 ? changes : changes.slice(0, breaking + 1);
  return since.flatMap(({ blob }) => blob ?? []);
}

/** Whether a commit says that it breaks, as Conventional Commits has it: `feat!: …`, or a footer `BREAKING CHANGE: …`. */
export function isBreaking(message: string): boolean {
  return /^\w+(\([^)]*\))?!: /.test(message) || /^BREAKING[ -]CHANGE: /m.test(message);
}
