import { describe, expect, it } from 'vitest';
import { sumAmounts } from './money.js';
import type { PriceRow } from './price-lookup.js';
import { type PriceBook, priceUsage } from './price-usage.js';
import { type CallComponent, worstCaseCall, worstCaseItems } from './worst-case-call.js';

const since = { effectiveFrom: new Date('2024-01-01T00:00:00Z'), effectiveTo: null };
const at = new Date('2026-05-01T00:00:00Z');

const CALL: (CallComponent & { unitPrice: string })[] = [
  { category: 'telephony', provider: 'twilio', model: 'voice', unit: 'minute', unitPrice: '0.013' },
  { category: 'stt', provider: 'deepgram', model: 'nova-3', unit: 'second', unitPrice: '0.0000717' },
  { category: 'tts', provider: 'cartesia', model: 'sonic', unit: 'character', unitPrice: '0.0000392' },
  { category: 'llm', provider: 'openai', model: 'gpt-4o-mini', unit: 'token_in', unitPrice: '0.00000015' },
  { category: 'llm', provider: 'openai', model: 'gpt-4o-mini', unit: 'token_out', unitPrice: '0.0000006' },
];

const book: PriceBook = {
  tenantId: 't1',
  currency: 'USD',
  prices: CALL.map((part, n): PriceRow => ({ ...part, ...since, id: `p${n}`, tenantId: null, currency: 'USD' })),
  markups: [
    { ...since, id: 'm1', tenantId: null, category: null, markupPercent: '50' },
    { ...since, id: 'm2', tenantId: null, category: 'sms', markupPercent: '30' },
  ],
};

describe('worstCaseCall', () => {
  it('holds telephony, stt, tts and llm of every minute, with markup', () => {
    const worst = worstCaseCall(book, { maxMinutes: 3, components: CALL, at });
    if (!worst.ok) throw new Error('unpriced');
    expect(worst.usage.items.map((item) => [item.quantity, item.price, item.pricingId])).toEqual([
      ['3', '0.058500', 'p0'],
      ['180', '0.019359', 'p1'],
      ['3600', '0.211680', 'p2'],
      ['36000', '0.008100', 'p3'],
      ['1200', '0.001080', 'p4'],
    ]);
    expect(worst.usage.price).toBe('0.298719');
    expect(worst.usage.price).toBe(sumAmounts(worst.usage.items.map((item) => item.price)));
  });

  it('covers whatever a call within its minutes really uses', () => {
    const worst = worstCaseCall(book, { maxMinutes: 2, components: CALL, at });
    const used = ['2', '119.7', '2399', '23999', '799'];
    const real = priceUsage(book, CALL.map((part, n) => ({ ...part, quantity: used[n]! })), at);
    if (!worst.ok || !real.ok) throw new Error('unpriced');
    expect(Number(real.usage.price)).toBeLessThan(Number(worst.usage.price));
  });

  it('says what nobody has a price for, and refuses what no call is billed by', () => {
    const unknown: CallComponent = { category: 'stt', provider: 'nobody', model: null, unit: 'second' };
    expect(worstCaseCall(book, { maxMinutes: 1, components: [unknown], at })).toMatchObject({ ok: false, unpriced: unknown });
    expect(() => worstCaseItems(1, [{ ...unknown, unit: 'record' }])).toThrow(RangeError);
    expect(() => worstCaseItems(0, [])).toThrow(RangeError);
  });
});
