import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The headings of a Markdown document below the top, as its anchors spell them; none when it is not there. */
export function anchorsOf(top: string, path: string): string[] {
  if (!existsSync(join(top, path))) return [];
  const headings = readFileSync(join(top, path), 'utf8').matchAll(/^#{1,6} (.+)$/gm);
  return [...headings].map(([, heading]) => heading!.toLowerCase().replaceAll(/[^\p{L}\p{N}\s_-]/gu, '').trim().replaceAll(/\s/g, '-'));
}
