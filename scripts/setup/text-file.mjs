import { readFileSync } from 'node:fs';

/** A text file's content; empty when it is missing or may not be read. */
export function readText(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
