import { isUtf8 } from 'node:buffer';
import { CsvRefusal } from './csv-refusal.js';

export type CsvEncoding = 'utf-8' | 'windows-1252';

const TEXT_CONTROLS = new Set([0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x1a, 0x1b]);
const SIGNATURES: readonly (readonly [name: string, bytes: string])[] = [
  ['a ZIP archive or an Excel workbook', 'PK\x03\x04'],
  ['an old Excel workbook', '\xd0\xcf\x11\xe0'],
  ['a gzip archive', '\x1f\x8b'],
  ['a PDF', '%PDF-'],
  ['an image', '\x89PNG'],
  ['an image', '\xff\xd8\xff'],
];

function refuseUtf16(sample: Buffer): void {
  const start = sample.toString('latin1', 0, 2);
  if (start !== '\xff\xfe' && start !== '\xfe\xff' && !hasUtf16Zeros(sample)) return;
  throw new CsvRefusal(
    'csv-encoding-unsupported',
    'The file is UTF-16 ("Unicode text"). Save it as "CSV UTF-8" and upload it again.',
  );
}

/** ASCII in UTF-16 has a zero in every second place and in no other. */
function hasUtf16Zeros(sample: Buffer): boolean {
  const head = sample.subarray(0, 1_024);
  const zeros = [0, 0];
  for (const [index, byte] of head.entries()) if (byte === 0) zeros[index % 2]! += 1;
  return Math.max(...zeros) > head.length * 0.3 && Math.min(...zeros) === 0;
}

function refuseBinary(sample: Buffer): void {
  const start = sample.toString('latin1', 0, 8);
  const known = SIGNATURES.find(([, bytes]) => start.startsWith(bytes))?.[0];
  const controls = sample.reduce((count, byte) => count + (byte < 0x20 && !TEXT_CONTROLS.has(byte) ? 1 : 0), 0);
  if (!known && !sample.includes(0) && controls <= sample.length * 0.01) return;
  throw new CsvRefusal('csv-binary', `The file is ${known ?? 'binary data'}, not CSV text. Export it as CSV first.`);
}

/** Length of a UTF-8 sequence that the end of a chunk has cut in two: 0 to 3 bytes. */
export function cutSequence(chunk: Buffer): number {
  for (let back = 1; back <= Math.min(3, chunk.length); back += 1) {
    const byte = chunk[chunk.length - back]!;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? back : 0;
  }
  return 0;
}

/**
 * What the bytes at the start of a file are. Plain ASCII says nothing yet and counts as UTF-8: `toUtf8` looks again
 * at the first byte that is more.
 * @throws CsvRefusal csv-encoding-unsupported for UTF-16 and UTF-32, csv-binary
 */
export function detectEncoding(sample: Buffer): CsvEncoding {
  refuseUtf16(sample);
  refuseBinary(sample);
  return isUtf8(sample.subarray(0, sample.length - cutSequence(sample))) ? 'utf-8' : 'windows-1252';
}
