import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import type { CsvEncoding } from './detect-encoding.js';
import { toUtf8 } from './to-utf8.js';

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function convert(bytes: Buffer, size: number, detected: CsvEncoding): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of toUtf8(pieces(bytes, size), detected)) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

describe('toUtf8', () => {
  it('leaves UTF-8 as it is, however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 9 }), async (text, size) => {
        const bytes = Buffer.from(text);
        expect(await convert(bytes, size, 'utf-8')).toBe(bytes.toString('utf8'));
      }),
      { seed: 21 },
    );
  });

  it.each([1, 2, 3, 7, 1_000])('reads Windows-1252 in chunks of %i', async (size) => {
    const bytes = iconv.encode('Jos\u00e9 \u20ac Espa\u00f1a \u2013 \u00ab', 'windows-1252');
    expect(await convert(bytes, size, 'windows-1252')).toBe('José € España – «');
  });

  it.each([1, 5, 64])('decides late where the first accent comes late, in chunks of %i', async (size) => {
    const text = `${'plain text,'.repeat(40)}José,España`;
    expect(await convert(iconv.encode(text, 'windows-1252'), size, 'utf-8')).toBe(text);
    expect(await convert(Buffer.from(text), size, 'utf-8')).toBe(text);
  });

  it('takes an accent at the very end for one of Windows', async () => {
    expect(await convert(Buffer.from('caf\xe9', 'latin1'), 100, 'utf-8')).toBe('café');
  });
});
