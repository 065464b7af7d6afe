import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sumAmounts } from './money.js';
import { priceItem } from './price-item.js';

const price = (quantity: string, unitPrice: string, markupPercent = '0') =>
  priceItem({ quantity, unitPrice, markupPercent });

describe('priceItem', () => {
  it('prices a minute of Twilio voice at 50 % markup', () => {
    expect(price('3', '0.013', '50')).toEqual({ cost: '0.039000', markup: '0.019500', price: '0.058500' });
  });

  it('rounds half to even at the sixth decimal', () => {
    expect(price('1', '0.0000005').price).toBe('0.000000');
    expect(price('1', '0.0000015').price).toBe('0.000002');
    expect(price('1', '0.0000025').price).toBe('0.000002');
    expect(price('1', '0.0000025001').price).toBe('0.000003');
  });

  it('computes the price from the exact cost, not from the rounded one', () => {
    // Exact cost 0.0000015 rounds to 0.000002; twice that would be 0.000004, twice the exact cost is 0.000003.
    expect(price('1', '0.0000015', '100')).toEqual({ cost: '0.000002', markup: '0.000001', price: '0.000003' });
  });

  it('stays exact for large quantities of 10-decimal prices', () => {
    expect(price('999999999999', '0.0000000001').price).toBe('100.000000');
    expect(price('123456789012', '9.9999999999', '33.3333').price).toBe('1646090108620.909059');
  });

  it.each(['-1', '0', '0.0', 'NaN', 'Infinity', '1e3', '', `0.${'1'.repeat(30)}`])('refuses the quantity %j', (quantity) => {
    expect(() => price(quantity, '1')).toThrow(RangeError);
  });

  it('always adds up: cost + markup = price, within half a micro of the exact product', () => {
    const scaled = (max: bigint, decimals: number) =>
      fc.bigInt({ min: 1n, max }).map((n) => {
        const digits = n.toString().padStart(decimals + 1, '0');
        return { n, text: `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}` };
      });
    fc.assert(
      fc.property(scaled(10n ** 15n, 3), scaled(10n ** 12n, 10), fc.nat({ max: 500 }), (quantity, unit, markup) => {
        const item = price(quantity.text, unit.text, String(markup));
        expect(sumAmounts([item.cost, item.markup])).toBe(item.price);
        const micro = (text: string) => BigInt(text.replace('.', ''));
        // quantity has 3 decimals, price 10, markup 2: 15 in all, 9 more than a micro.
        const off = micro(item.price) * 10n ** 9n - quantity.n * unit.n * BigInt(100 + markup);
        expect((off < 0n ? -off : off) <= 5n * 10n ** 8n).toBe(true);
      }),
      { seed: 7, numRuns: 500 },
    );
  });
});
