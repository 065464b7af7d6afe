import { Readable } from 'node:stream';
import { CsvRefusal } from './csv/csv-refusal.js';
import { formatCsvLine } from './csv/format-csv-line.js';
import type { ColumnMapping } from './csv/guess-columns.js';
import type { LeadDraft } from './csv/lead-draft.js';
import { mapRow, type MapRowOptions } from './csv/map-row.js';
import type { CsvRow } from './csv/read-csv.js';
import type { RejectedRow } from './rejects-document.js';

/** A row that can be a lead; whether it becomes one is decided against the leads there are. */
export interface DraftRow {
  line: number;
  draft: LeadDraft;
  cells: readonly string[];
}

/** Rows that are stored together, in the order of the file. */
export interface ImportChunk {
  drafts: DraftRow[];
  rejects: RejectedRow[];
  /** The file's number of its last row. */
  lastRow: number;
  rowsRead: number;
}

const ROWS = 500;
// A chunk of long rows is cut earlier, so that memory follows neither the file nor its widest rows.
const LETTERS = 4_000_000;
const LONGEST_RAW = 4_000;

/** Rows as chunks, mapped, from behind `afterRow`. Where the file cannot be read further, what was read comes first. */
export async function* readChunks(
  rows: AsyncIterable<CsvRow>,
  mapping: ColumnMapping,
  options: MapRowOptions,
  afterRow: number,
): AsyncGenerator<ImportChunk> {
  let chunk = emptyChunk(afterRow);
  let letters = 0;
  try {
    for await (const row of rows) {
      if (row.row <= afterRow) continue;
      letters += addRow(chunk, row, mapping, options);
      if (chunk.rowsRead < ROWS && letters < LETTERS) continue;
      yield chunk;
      chunk = emptyChunk(row.row);
      letters = 0;
    }
  } catch (error) {
    if (error instanceof CsvRefusal && chunk.rowsRead > 0) yield chunk;
    throw error;
  }
  if (chunk.rowsRead > 0) yield chunk;
}

/** The reject of a row: its text as it stood, without what Postgres does not store, cut where it is endless. */
export function rejectRow(line: number, reason: { code: string; message: string }, raw: string): RejectedRow {
  return { line, code: reason.code, message: storable(reason.message, 500), raw: storable(raw, LONGEST_RAW) };
}

function storable(text: string, longest: number): string {
  return text.replaceAll('\u0000', '').slice(0, longest).toWellFormed();
}

/** The same bytes, counted as they go by. */
export function countBytes(source: Readable, counter: { bytes: number }): Readable {
  async function* counted() {
    for await (const piece of source) {
      counter.bytes += (piece as Buffer).length;
      yield piece as Buffer;
    }
  }
  return Readable.from(counted(), { objectMode: false });
}

function emptyChunk(lastRow: number): ImportChunk {
  return { drafts: [], rejects: [], lastRow, rowsRead: 0 };
}

function addRow(chunk: ImportChunk, row: CsvRow, mapping: ColumnMapping, options: MapRowOptions): number {
  chunk.lastRow = row.row;
  chunk.rowsRead += 1;
  if ('reject' in row) {
    chunk.rejects.push(rejectRow(row.line, row.reject, row.raw));
    return row.raw.length;
  }
  const { line, cells } = row;
  const mapped = mapRow(cells, mapping, options);
  if ('lead' in mapped) chunk.drafts.push({ line, draft: mapped.lead, cells });
  else chunk.rejects.push(rejectRow(line, mapped.reject, formatCsvLine(cells)));
  return cells.reduce((sum, cell) => sum + cell.length, 0);
}
