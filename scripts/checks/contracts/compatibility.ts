import { breakingChanges } from './breaking-changes.js';
import type { Documents } from './contract-documents.js';

/** The text of a document as it was promised, or undefined when it was not there. */
export type Promised = (path: string) => string | undefined;

/** Every breaking change of an event's schema against what was promised under the same name and version. */
export function incompatibilities(documents: Documents, promised: Promised): string[] {
  return [...documents].flatMap(([path, text]) => {
    if (!path.startsWith('events/')) return [];
    const earlier = promised(path);
    if (earlier === undefined) return [];
    return breakingChanges(JSON.parse(earlier), JSON.parse(text)).map((change) => `${path}: ${change}`);
  });
}
