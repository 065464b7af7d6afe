import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

const SKIPPED_FOLDERS = new Set(['node_modules', 'dist', '.leadwire', 'fixtures']);

function* walk(folder) {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return;
  }
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !SKIPPED_FOLDERS.has(entry.name)) yield* walk(path);
    else if (entry.isFile()) yield path;
  }
}

/** The files below the folders that `keep` accepts, as sorted paths relative to `top`. */
export function listFiles(top, folders, keep) {
  return folders
    .flatMap((folder) => [...walk(join(top, folder))])
    .map((path) => relative(top, path))
    .filter(keep)
    .sort();
}

/** One hash over the names and contents of the files; a file that is missing counts as empty. */
export function hashFiles(top, files, salt = '') {
  const hash = createHash('sha256').update(salt);
  for (const file of files) {
    const path = join(top, file);
    const content = statSync(path, { throwIfNoEntry: false }) ? readFileSync(path) : '';
    hash.update(`\0${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}
