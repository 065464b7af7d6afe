const BEGIN = '<!-- scale -->';
const END = '<!-- /scale -->';

/** Below the top of the checkout. */
export const SCALE_DOCUMENT = 'docs/scale.md';
/** What stands in the document until every cost is measured. */
export const NOT_YET = 'Not printed yet: some speeds are not measured (`npm run scale` names them).';

/** What stands between the document's markers. */
export function tablesIn(document: string): string {
  const [begin, end] = placeOf(document);
  return document.slice(begin, end).trim();
}

/** The document with other tables between its markers. */
export function withTables(document: string, tables: string): string {
  const [begin, end] = placeOf(document);
  return `${document.slice(0, begin)}\n${tables}\n${document.slice(end)}`;
}

function placeOf(document: string): [number, number] {
  const [begin, end] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`${SCALE_DOCUMENT} has lost its markers ${BEGIN} and ${END}`);
  return [begin + BEGIN.length, end];
}
