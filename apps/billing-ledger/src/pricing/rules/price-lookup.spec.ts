import { describe, expect, it } from 'vitest';
import { findPrice, type PriceQuestion, type PriceRow } from './price-lookup.js';

const row = (id: string, more: Partial<PriceRow> = {}): PriceRow => ({
  id,
  tenantId: null,
  category: 'stt',
  provider: 'deepgram',
  model: null,
  unit: 'second',
  unitPrice: '0.0000717000',
  currency: 'USD',
  effectiveFrom: new Date('2026-01-01T00:00:00Z'),
  effectiveTo: null,
  ...more,
});

const asked: PriceQuestion = {
  tenantId: 't1',
  category: 'stt',
  provider: 'deepgram',
  model: 'nova-3',
  unit: 'second',
  currency: 'USD',
  usedAt: new Date('2026-06-01T00:00:00Z'),
};

describe('findPrice', () => {
  const levels = [
    row('tenant+model', { tenantId: 't1', model: 'nova-3' }),
    row('tenant+any', { tenantId: 't1' }),
    row('global+model', { model: 'nova-3' }),
    row('global+any'),
  ];

  it('goes tenant+model, tenant+any, global+model, global+any', () => {
    for (let from = 0; from < levels.length; from++) {
      const rest = levels.slice(from);
      expect(findPrice([...rest].reverse(), asked)?.id).toBe(levels[from]!.id);
    }
    expect(findPrice([], asked)).toBeUndefined();
  });

  it('ignores other tenants, models, units, providers and currencies', () => {
    const others = [
      row('a', { tenantId: 't2' }),
      row('b', { model: 'nova-2' }),
      row('c', { unit: 'minute' }),
      row('d', { provider: 'openai' }),
      row('e', { currency: 'EUR' }),
      row('f', { category: 'tts' }),
    ];
    expect(findPrice(others, asked)).toBeUndefined();
  });

  it('prices at the time of use: from inclusive, to exclusive, the newest of what is in force', () => {
    const change = new Date('2026-03-01T00:00:00Z');
    const rows = [row('old', { effectiveTo: change }), row('new', { effectiveFrom: change })];
    const at = (usedAt: Date) => findPrice(rows, { ...asked, usedAt })?.id;
    expect(at(new Date(change.getTime() - 1))).toBe('old');
    expect(at(change)).toBe('new');
    expect(at(new Date('2025-12-31T23:59:59Z'))).toBeUndefined();
    const newest = [row('first'), row('second', { effectiveFrom: change })];
    expect(findPrice(newest, asked)?.id).toBe('second');
  });
});
