import { readFileSync, writeFileSync } from 'node:fs';

const PATH = 'docs/benchmarks.md';

/** Puts a bench's table between its markers in docs/benchmarks.md; throws when the document has none for it. */
export function writeToDocs(bench: string, markdown: string, path = PATH): void {
  writeFileSync(path, withTable(readFileSync(path, 'utf8'), bench, markdown));
}

/** The document with the table between the markers of its bench. */
export function withTable(document: string, bench: string, markdown: string): string {
  const [begin, end] = [`<!-- bench:${bench} -->`, `<!-- /bench:${bench} -->`];
  const [from, to] = [document.indexOf(begin), document.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${PATH} has no markers for ${bench}`);
  return `${document.slice(0, from + begin.length)}\n${markdown}\n${document.slice(to)}`;
}
