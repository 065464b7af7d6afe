import { pipeline, Readable } from 'node:stream';
import { parse, type CsvError, type InfoRecord, type Parser } from 'csv-parse';
import { checkHeader } from './check-header.js';
import { CsvRefusal } from './csv-refusal.js';
import { detectCsv, SAMPLE_BYTES, type CsvDialect } from './detect-csv.js';
import { formatCsvLine } from './format-csv-line.js';
import { toUtf8 } from './to-utf8.js';

export type CsvRowRejectCode = 'too-few-fields' | 'too-many-fields' | 'quote-not-closed';

/** `line` is the physical line, from 1, on which the row begins; `row` counts the rows under the header, from 1. */
export type CsvRow =
  | { line: number; row: number; cells: string[] }
  | { line: number; row: number; reject: { code: CsvRowRejectCode; message: string }; raw: string };

export interface CsvFile {
  dialect: CsvDialect;
  header: string[];
  /** To be read once; leaving it early closes the source. */
  rows: AsyncGenerator<CsvRow, void, void>;
}

export interface ReadCsvOptions {
  /** A row longer than this ends the reading: beyond it memory would follow the file. In bytes, 1 MiB by default. */
  maxRowBytes?: number;
  /** false takes a header of any names, for columns mapped by hand. */
  recogniseHeader?: boolean;
}

interface ParsedRecord {
  record: string[];
  info: InfoRecord;
}

/** What the parser met that was no row: kept aside, because a stream's error would drop the rows it still holds. */
interface Mishap {
  unclosedQuote: boolean;
  /** To be thrown when the records that were whole by then have been read; what the parser makes of the rest is void. */
  refusal?: { reason: CsvRefusal; afterRecords: number };
}

const DEFAULT_ROW_BYTES = 1_048_576;

function parserFor(dialect: CsvDialect, maxRowBytes: number, mishap: Mishap): Parser {
  return parse({
    bom: true,
    delimiter: dialect.delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    from_line: dialect.headerLine,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    skip_records_with_error: true,
    max_record_size: maxRowBytes,
    on_skip: (error) => onSkip(error, maxRowBytes, mishap),
  });
}

function onSkip(error: CsvError | undefined, maxRowBytes: number, mishap: Mishap): undefined {
  if (mishap.refusal) return;
  if (error?.code === 'CSV_QUOTE_NOT_CLOSED') {
    mishap.unclosedQuote = true;
    return;
  }
  if (error?.code !== 'CSV_MAX_RECORD_SIZE') throw error ?? new Error('a record was skipped without a reason');
  const line = Number(error['lines']);
  const message = `The row that reaches line ${line} is longer than ${maxRowBytes} bytes; is a quote before it never closed?`;
  mishap.refusal = {
    reason: new CsvRefusal('csv-cell-too-large', message, line),
    afterRecords: Number(error['records']),
  };
}

async function* inBuffers(source: Readable): AsyncGenerator<Buffer> {
  for await (const chunk of source) yield Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk as string);
}

async function takeSample(chunks: AsyncGenerator<Buffer>): Promise<Buffer> {
  const taken: Buffer[] = [];
  for (let bytes = 0; bytes < SAMPLE_BYTES; bytes += taken.at(-1)!.length) {
    const next = await chunks.next();
    if (next.done) break;
    taken.push(next.value);
  }
  return Buffer.concat(taken);
}

/** The sample alone first: what was decided on it must be decided on the same bytes again. */
async function* putBack(sample: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield sample.subarray(0, SAMPLE_BYTES);
  if (sample.length > SAMPLE_BYTES) yield sample.subarray(SAMPLE_BYTES);
  yield* rest;
}

async function* untilRefused(chunks: AsyncGenerator<Buffer>, mishap: Mishap): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    if (mishap.refusal) return;
    yield chunk;
  }
}

/** Counts as the parser does: each mark inside quotes, so that a CR LF in a cell is two of its lines and one of ours. */
function lineMarks(cells: readonly string[]): { marks: number; pairs: number } {
  let marks = 0;
  let pairs = 0;
  for (const cell of cells) {
    if (!cell.includes('\n') && !cell.includes('\r')) continue;
    marks += cell.match(/[\r\n]/g)!.length;
    pairs += cell.match(/\r\n/g)?.length ?? 0;
  }
  return { marks, pairs };
}

function toRow(cells: string[], width: number, line: number, row: number): CsvRow {
  while (cells.length > width && cells.at(-1)!.trim() === '') cells.pop();
  if (cells.length === width) return { line, row, cells };
  const code = cells.length < width ? 'too-few-fields' : 'too-many-fields';
  const message = `The row has ${cells.length} fields, the header ${width}.`;
  return { line, row, reject: { code, message }, raw: formatCsvLine(cells) };
}

function unclosed(line: number, row: number): CsvRow {
  const message = 'A quote opened here is never closed, so the rest of the file was read as one cell.';
  return { line, row, reject: { code: 'quote-not-closed', message }, raw: '' };
}

interface LocatedRecord {
  cells: string[];
  line: number;
  end: number;
}

async function* startWith(
  first: IteratorResult<LocatedRecord>,
  rest: AsyncGenerator<LocatedRecord>,
): AsyncGenerator<LocatedRecord> {
  if (!first.done) yield first.value;
  yield* rest;
}

async function* readRecords(parser: Parser, mishap: Mishap): AsyncGenerator<LocatedRecord> {
  let extra = 0;
  let count = 0;
  for await (const { record, info } of parser as AsyncIterable<ParsedRecord>) {
    if (mishap.refusal && count >= mishap.refusal.afterRecords) break;
    count += 1;
    const { marks, pairs } = lineMarks(record);
    yield { cells: record, line: info.lines - marks - extra, end: info.lines - pairs - extra };
    extra += pairs;
  }
  if (mishap.refusal) throw mishap.refusal.reason;
}

/**
 * Opens a CSV of any usual delimiter and encoding and reads its header; the rows follow one by one in constant memory.
 * A row that is wrong is answered as rejected, and the next follows; only a file that cannot be read as CSV is refused.
 * @throws CsvRefusal, out of `rows` too for csv-cell-too-large; and whatever the source fails with
 */
export async function openCsv(source: Readable, options: ReadCsvOptions = {}): Promise<CsvFile> {
  try {
    const chunks = inBuffers(source);
    const sample = await takeSample(chunks);
    const dialect = detectCsv(sample.subarray(0, SAMPLE_BYTES));
    const mishap: Mishap = { unclosedQuote: false };
    const parser = parserFor(dialect, options.maxRowBytes ?? DEFAULT_ROW_BYTES, mishap);
    // Its errors reach the reader through the parser, which the pipeline destroys with them.
    const text = toUtf8(untilRefused(putBack(sample, chunks), mishap), dialect.encoding);
    pipeline(Readable.from(text, { objectMode: false }), parser, () => undefined);
    const records = readRecords(parser, mishap);
    const first = await records.next();
    const header = first.done ? [] : first.value.cells.map((name) => name.trim());
    while (header.at(-1) === '') header.pop();
    checkHeader(header, options.recogniseHeader ?? true);
    const second = await records.next();
    if (second.done && !mishap.unclosedQuote) throw new CsvRefusal('csv-empty', 'The file has a header but no row.');
    return { dialect, header, rows: readRows(startWith(second, records), header.length, mishap, source) };
  } catch (error) {
    source.destroy();
    throw error;
  }
}

async function* readRows(
  records: AsyncGenerator<LocatedRecord>,
  width: number,
  mishap: Mishap,
  source: Readable,
): AsyncGenerator<CsvRow, void, void> {
  let row = 0;
  let end = 1;
  try {
    for await (const record of records) {
      row += 1;
      end = record.end;
      yield toRow(record.cells, width, record.line, row);
    }
    if (mishap.unclosedQuote) yield unclosed(end + 1, row + 1);
  } finally {
    source.destroy();
  }
}
