import { describe, expect, it } from 'vitest';
import { normaliseAmount } from './normalise-amount.js';

describe('normaliseAmount', () => {
  it.each([
    ['5000', '5000', null], ['$677,000', '677000', 'USD'], ['€ 677.000,00', '677000', 'EUR'], ['90k', '90000', null],
    ['505,000.50 USD', '505000.5', 'USD'], ['1.5M EUR', '1500000', 'EUR'], ['1,5k', '1500', null], ['12,50', '12.5', null],
    ['1.234.567', '1234567', null], ["1'200 CHF", '1200', 'CHF'], ['1 200', '1200', null], ['0', '0', null],
    ['007', '7', null], ['0.1234', '0.12', null], ['1.2345k', '1234.5', null], ['9007199254740', '9007199254740', null],
  ])('reads %j', (raw, amount, currency) => expect(normaliseAmount(raw)).toEqual({ amount, currency }));

  it.each(['', 'tbd', '-5', '5 apples', '$', 'k', '10-20k', '12345678901234567890', '1e9', '5 XYZ'])('refuses %j', (raw) => {
    expect(normaliseAmount(raw)).toBeNull();
  });
});
