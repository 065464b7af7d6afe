import iconv from 'iconv-lite';
import { CsvRefusal } from './csv-refusal.js';
import { detectEncoding, type CsvEncoding } from './detect-encoding.js';

export const DELIMITERS = [',', ';', '\t', '|'] as const;
export type CsvDelimiter = (typeof DELIMITERS)[number];

export interface CsvDialect {
  encoding: CsvEncoding;
  delimiter: CsvDelimiter;
  /** The header's line, from 1: 2 where the file begins with Excel's `sep=;`. */
  headerLine: number;
}

/** Enough for a wide header and some rows, little enough to hold. */
export const SAMPLE_BYTES = 64 * 1_024;
const SAMPLE_RECORDS = 20;

/** How often each delimiter stands outside quotes, record by record. */
function countDelimiters(text: string): Map<string, number>[] {
  const records: Map<string, number>[] = [];
  let counts = new Map<string, number>();
  let quoted = false;
  for (const letter of text) {
    if (letter === '"') quoted = !quoted;
    else if (!quoted && (letter === '\n' || letter === '\r')) {
      if (counts.size > 0) records.push(counts);
      if (records.length === SAMPLE_RECORDS) return records;
      counts = new Map();
    } else if (!quoted && (DELIMITERS as readonly string[]).includes(letter)) {
      counts.set(letter, (counts.get(letter) ?? 0) + 1);
    }
  }
  return counts.size > 0 ? [...records, counts] : records;
}

/**
 * The delimiter of the header is the one that most rows repeat as often as the header has it: commas in prose do not
 * come in equal numbers. Ties go to the more frequent, then to the order of DELIMITERS.
 */
function detectDelimiter(text: string): CsvDelimiter {
  const records = countDelimiters(text);
  const scored = DELIMITERS.map((delimiter) => {
    const inHeader = records[0]?.get(delimiter) ?? 0;
    const agreeing = records.filter((counts) => counts.get(delimiter) === inHeader).length;
    return { delimiter, score: inHeader === 0 ? 0 : agreeing / records.length + inHeader / 10_000 };
  });
  return scored.reduce((best, next) => (next.score > best.score ? next : best)).delimiter;
}

/**
 * Reads from the first bytes of a file how the rest is written.
 * @throws CsvRefusal csv-empty, csv-binary, csv-encoding-unsupported
 */
export function detectCsv(sample: Buffer): CsvDialect {
  if (sample.length === 0) throw new CsvRefusal('csv-empty', 'The file is empty.');
  const encoding = detectEncoding(sample);
  const text = iconv.decode(sample, encoding);
  if (text.trim() === '') throw new CsvRefusal('csv-empty', 'The file holds nothing but blank lines.');
  const declared = /^sep=([,;\t|])\r?\n/i.exec(text)?.[1] as CsvDelimiter | undefined;
  return { encoding, delimiter: declared ?? detectDelimiter(text), headerLine: declared ? 2 : 1 };
}
