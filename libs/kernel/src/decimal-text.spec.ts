import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareDecimals, isDecimalText, roundDecimal, subtractDecimals, sumDecimals } from './decimal-text.js';

const SEED = { seed: 20_260_101 };
const SCALE = 1_000_000n;
/** Any money amount as decimal text, with its exact value in millionths. */
const amount = fc.bigInt({ min: -(10n ** 20n) + 1n, max: 10n ** 20n - 1n }).map((micros) => {
  const digits = String(micros < 0n ? -micros : micros).padStart(7, '0');
  return { micros, text: `${micros < 0n ? '-' : ''}${digits.slice(0, -6)}.${digits.slice(-6)}` };
});
const microsOf = (text: string): bigint => {
  const [whole, part = ''] = text.replace('-', '').split('.');
  const value = BigInt(whole!) * SCALE + BigInt(part.padEnd(6, '0'));
  return text.startsWith('-') ? -value : value;
};

describe('decimal text', () => {
  it('adds and subtracts exactly, never as a float', () => {
    expect(sumDecimals('0.1', '0.2')).toBe('0.3');
    expect(sumDecimals()).toBe('0');
    expect(sumDecimals('99999999999999.999999', '0.000001')).toBe('100000000000000');
    fc.assert(fc.property(fc.array(amount, { maxLength: 20 }), (amounts) => {
      expect(microsOf(sumDecimals(...amounts.map(({ text }) => text)))).toBe(amounts.reduce((sum, { micros }) => sum + micros, 0n));
    }), SEED);
    fc.assert(fc.property(amount, amount, (a, b) => {
      expect(microsOf(subtractDecimals(a.text, b.text))).toBe(a.micros - b.micros);
      expect(Math.sign(compareDecimals(a.text, b.text))).toBe(a.micros === b.micros ? 0 : a.micros < b.micros ? -1 : 1);
    }), SEED);
  });

  it('writes no exponent, however small or large', () => {
    expect(sumDecimals('0.0000001', '0.0000001')).toBe('0.0000002');
    expect(sumDecimals('99999999999999', '99999999999999')).not.toMatch(/e/i);
  });

  it('rounds half to even and pads', () => {
    const cases = { '0.005': '0.00', '0.015': '0.02', '0.025': '0.02', '-0.015': '-0.02', '1': '1.00', '2.675': '2.68', '0.0051': '0.01' };
    for (const [value, rounded] of Object.entries(cases)) expect(roundDecimal(value, 2)).toBe(rounded);
  });

  it.each(['0', '-1', '12.50', '99999999999999.999999', '0.000001', '-0'])('accepts %s', (text) => expect(isDecimalText(text)).toBe(true));

  it.each(['', '.5', '5.', '+1', '1e3', '0x10', ' 1', '1 ', '1,5', 'NaN', 'Infinity', '--1', '100000000000000', '0.0000001', '1\n', '١', 1, null, undefined])(
    'refuses %j', (text) => expect(isDecimalText(text)).toBe(false),
  );

  it('throws on text that is no decimal', () => {
    for (const text of ['', 'abc', '1,5']) expect(() => sumDecimals(text)).toThrow('DecimalError');
  });
});
