import type { JsonSchema } from '#leadwire/contracts';
import { breakingChanges } from './breaking-changes.js';
import type { Documents } from './contract-documents.js';
import type { Promises } from './promised-schemas.js';

/** Every promise about an event that the documents no longer keep: one line each, its path first. */
export function incompatibilities(documents: Documents, promises: Promises): string[] {
  const lines = [...promises].flatMap(([path, texts]) => {
    const schemas = texts.map((text) => JSON.parse(text) as JsonSchema);
    return broken(documents.get(path), schemas).map((line) => `${path}: ${line}`);
  });
  return [...new Set(lines)];
}

function broken(now: string | undefined, promised: JsonSchema[]): string[] {
  if (now !== undefined) return promised.flatMap((before) => breakingChanges(before, JSON.parse(now) as JsonSchema));
  // The latest comes first: who was told last that a version goes had its time to leave.
  return promised.length === 0 || promised[0]!.deprecated ? [] : ['was removed without having been published as deprecated'];
}
