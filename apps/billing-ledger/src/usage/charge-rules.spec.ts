import { describe, expect, it } from 'vitest';
import type { PricedItem } from '../pricing/rules/price-usage.js';
import { componentsOf, cutTo } from './charge-rules.js';

const item = (provider: string, price: string, cost: string): PricedItem => ({
  category: 'stt', provider, model: null, unit: 'second', quantity: '1', pricingId: `p-${provider}`, unitPrice: '1', markupPercent: '50', price, cost, markup: '0',
});
const usage = {
  items: [item('twilio', '0.600000', '0.400000'), item('deepgram', '0.300000', '0.200000'), item('openai', '0.000000', '0.000000')],
  price: '0.900000',
  cost: '0.600000',
};

describe('componentsOf', () => {
  it('makes a line of each item that costs anything', () => {
    expect(componentsOf('call', usage)).toEqual([
      { feature: 'call', provider: 'twilio', category: 'stt', price: '0.600000', cost: '0.400000', pricingId: 'p-twilio' },
      { feature: 'call', provider: 'deepgram', category: 'stt', price: '0.300000', cost: '0.200000', pricingId: 'p-deepgram' },
    ]);
  });
});

describe('cutTo', () => {
  it('takes item after item until the limit, and leaves costs as they are', () => {
    const cut = cutTo('0.7', usage);
    expect(cut.items.map(({ price, cost, markup }) => [price, cost, markup])).toEqual([
      ['0.600000', '0.400000', '0.200000'],
      ['0.100000', '0.200000', '-0.100000'],
      ['0.000000', '0.000000', '0.000000'],
    ]);
    expect(cut).toMatchObject({ price: '0.700000', cost: '0.600000' });
  });

  it('changes nothing within the limit', () => {
    expect(cutTo('0.900000', usage).items.map((one) => one.price)).toEqual(usage.items.map((one) => one.price));
  });
});
