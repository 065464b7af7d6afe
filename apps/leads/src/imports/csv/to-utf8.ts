import { isAscii, isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { cutSequence, type CsvEncoding } from './detect-encoding.js';

/** Windows-1252 is one byte a character, so chunks may be cut anywhere. */
const fromWindows = (chunk: Buffer): Buffer => Buffer.from(iconv.decode(chunk, 'windows-1252'), 'utf8');

/**
 * Chunks of a file as UTF-8. While all was ASCII the encoding is open: the first chunk with more settles it, because
 * the first accent may stand a hundred thousand rows below the sample that was looked at.
 */
export async function* toUtf8(chunks: AsyncIterable<Buffer>, detected: CsvEncoding): AsyncGenerator<Buffer> {
  let encoding: CsvEncoding | 'open' = detected === 'utf-8' ? 'open' : detected;
  let carried: Buffer = Buffer.alloc(0);
  for await (const next of chunks) {
    const bytes: Buffer = carried.length > 0 ? Buffer.concat([carried, next]) : next;
    // A sequence cut by the chunk's end proves nothing yet: it waits for its rest.
    const sure: Buffer = encoding === 'open' ? bytes.subarray(0, bytes.length - cutSequence(bytes)) : bytes;
    if (encoding === 'open' && !isAscii(sure)) encoding = isUtf8(sure) ? 'utf-8' : 'windows-1252';
    carried = encoding === 'open' ? bytes.subarray(sure.length) : carried.subarray(0, 0);
    const settled = encoding === 'open' ? sure : bytes;
    yield encoding === 'windows-1252' ? fromWindows(settled) : settled;
  }
  if (carried.length > 0) yield fromWindows(carried);
}
