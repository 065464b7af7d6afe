import { formatCsvLine } from './csv/format-csv-line.js';

/** A row that became no lead, and why. */
export interface RejectedRow {
  /** Physical line in the file, from 1. */
  line: number;
  code: string;
  message: string;
  raw: string;
}

// The document is one message on the bus; the rest is asked for with the last line it names.
const LARGEST_BODY = 700_000;

/** The rejects as CSV, as many as fit. */
export function rejectsDocument(rows: readonly RejectedRow[]): string {
  let body = 'line,code,message,raw\r\n';
  for (const { line, code, message, raw } of rows) {
    const next = `${formatCsvLine([String(line), ...[code, message, raw].map(inert)])}\r\n`;
    if (Buffer.byteLength(body) + Buffer.byteLength(next) > LARGEST_BODY) break;
    body += next;
  }
  return body;
}

/** A spreadsheet would run what begins like this as a formula (OWASP, CSV injection). */
function inert(cell: string): string {
  return /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
}
