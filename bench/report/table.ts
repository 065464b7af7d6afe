import type { Cell, Column, Report, Row } from './report.js';

const NUMBER = new Map<number, Intl.NumberFormat>();

/** The report's table in Markdown, its remarks below it. */
export function toMarkdown({ columns, rows, remarks, verdicts = [] }: Report): string {
  const lines = [columns.map(({ head }) => head), columns.map(({ key }) => (isFigures(rows, key) ? '---:' : '---')), ...rows.map((row) => cellsOf(row, columns))];
  return [
    lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n'),
    ...(verdicts.length > 0 ? [verdicts.map(({ floor, figure, holds }) => `- ${holds ? 'reached' : '**missed**'}: ${floor}: ${format(figure, 2)}`).join('\n')] : []),
    ...(remarks.length > 0 ? [remarks.map((remark) => `- ${remark}`).join('\n')] : []),
  ].join('\n\n');
}

/** The same for a terminal. */
export function toText({ columns, rows, remarks, verdicts = [] }: Report): string {
  const lines = [columns.map(({ head }) => head), ...rows.map((row) => cellsOf(row, columns))];
  const widths = columns.map((_, i) => Math.max(...lines.map((cells) => cells[i]!.length)));
  const aligned = lines.map((cells) => cells.map((cell, i) => (isFigures(rows, columns[i]!.key) ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!))).join('  ').trimEnd());
  const floors = verdicts.map(({ floor, figure, holds }) => `${holds ? '✓' : '✗'} ${floor}: ${format(figure, 2)}`);
  return [...aligned, '', ...floors, ...remarks.map((remark) => `  ${remark}`)].join('\n');
}

function cellsOf(row: Row, columns: readonly Column[]): string[] {
  return columns.map(({ key, decimals }) => (row.failed && key !== 'contestant' ? (key === columns[1]?.key ? row.failed : '') : format(row[key], decimals ?? 0)));
}

function isFigures(rows: readonly Row[], key: string): boolean {
  return rows.some((row) => typeof row[key] === 'number');
}

function format(cell: Cell, decimals: number): string {
  if (cell === undefined) return '–';
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  if (typeof cell === 'string') return cell;
  const formatter = NUMBER.get(decimals) ?? new Intl.NumberFormat('en', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  NUMBER.set(decimals, formatter);
  return formatter.format(cell);
}
