/** A column of a table: what its heading says, and a row's text; numbers stand to the right. */
export interface Column<Row> {
  readonly title: string;
  text(row: Row): string | number | null;
}

/** Rows as aligned text, two spaces between the columns; null is a dash. */
export function table<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const cells = columns.map((column) => rows.map((row) => column.text(row)));
  const widths = columns.map(({ title }, i) => Math.max(title.length, ...cells[i]!.map((cell) => shown(cell).length)));
  const line = (texts: readonly (string | number | null)[]): string =>
    texts.map((text, i) => (typeof text === 'number' ? shown(text).padStart(widths[i]!) : shown(text).padEnd(widths[i]!))).join('  ').trimEnd();
  const titles = columns.map(({ title }, i) => (cells[i]!.some((cell) => typeof cell === 'number') ? title.padStart(widths[i]!) : title));
  return [line(titles), ...rows.map((_, r) => line(cells.map((column) => column[r]!)))].join('\n');
}

function shown(cell: string | number | null): string {
  if (cell === null) return '–';
  return typeof cell === 'number' ? cell.toLocaleString('en-US') : cell;
}
