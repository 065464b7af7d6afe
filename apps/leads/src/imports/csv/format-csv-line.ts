/** One CSV record without its line end; quotes only where they are needed. */
export function formatCsvLine(cells: readonly string[], delimiter = ','): string {
  return cells
    .map((cell) =>
      cell.includes(delimiter) || /["\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell,
    )
    .join(delimiter);
}
