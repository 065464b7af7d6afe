import { describe, expect, it } from 'vitest';
import type { PriceRow } from './price-lookup.js';
import { pricesInForce } from './prices-in-force.js';

const since = new Date('2025-01-01T00:00:00Z');
const at = new Date('2026-01-01T00:00:00Z');
const row = (id: string, tenantId: string | null, model: string | null): PriceRow => ({
  id, tenantId, model, category: 'stt', provider: 'deepgram', unit: 'second', unitPrice: '0.01', currency: 'USD', effectiveFrom: since, effectiveTo: null,
});
const range = { effectiveFrom: since, effectiveTo: null };
const markups = [
  { id: 'm1', tenantId: null, category: null, markupPercent: '50', ...range },
  { id: 'm2', tenantId: 'a', category: 'stt', markupPercent: '10', ...range },
];
const inForce = (tenantId: string, prices: PriceRow[]) => pricesInForce({ tenantId, currency: 'USD', prices, markups }, at);

describe('pricesInForce', () => {
  it("leaves out what the tenant's own price overrides", () => {
    const prices = [row('2', 'a', 'nova-3'), row('1', null, 'nova-3'), row('0', null, null)];
    expect(inForce('a', prices).map((price) => price.id)).toEqual(['0', '2']);
    expect(inForce('b', prices.slice(1)).map((price) => price.id)).toEqual(['0', '1']);
  });

  it("an own price for any model overrides everybody's price of each model", () => {
    expect(inForce('a', [row('1', null, 'nova-3'), row('2', 'a', null)]).map((price) => price.id)).toEqual(['2']);
  });

  it('says the markup that applies to the tenant', () => {
    expect(inForce('a', [row('1', null, null)])[0]!.markupPercent).toBe('10');
    expect(inForce('b', [row('1', null, null)])[0]!.markupPercent).toBe('50');
  });
});
