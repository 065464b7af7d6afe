import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import type { Documents } from './contract-documents.js';

/** How the folder differs from the documents: one line a file, its path first. */
export function drift(folder: string, documents: Documents): string[] {
  const standing = readDocuments(folder);
  return [
    ...[...documents].flatMap(([path, text]) => {
      if (standing.get(path) === text) return [];
      return standing.has(path) ? [`${path} differs from the declarations`] : [`${path} is missing`];
    }),
    ...leftOver(standing, documents).map((path) => `${path} belongs to no declaration`),
  ];
}

/** Makes the folder hold the documents, and no other. */
export function writeDocuments(folder: string, documents: Documents): void {
  for (const path of leftOver(readDocuments(folder), documents)) rmSync(join(folder, path));
  for (const [path, text] of documents) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** The documents that stand in the folder. */
export function readDocuments(folder: string): Documents {
  mkdirSync(folder, { recursive: true });
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.json'));
  return new Map(
    files.map((entry) => {
      const file = join(entry.parentPath, entry.name);
      return [relative(folder, file).split(sep).join('/'), readFileSync(file, 'utf8')];
    }),
  );
}

function leftOver(standing: Documents, documents: Documents): string[] {
  return [...standing.keys()].filter((path) => !documents.has(path));
}
