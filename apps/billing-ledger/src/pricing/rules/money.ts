import { Decimal } from 'decimal.js';

/**
 * The rounding rule, the only one: an amount is computed exactly (80 digits are more than a 10-decimal price times
 * any accepted quantity and markup can need) and rounded half-even to 6 decimals once, when it becomes a line of a
 * posting. Totals are sums of rounded lines and are never rounded again, so an invoice equals its ledger.
 */
const Exact = Decimal.clone({ precision: 80, rounding: Decimal.ROUND_HALF_EVEN });

export const AMOUNT_DECIMALS = 6;

/** Decimal text without sign or exponent, at most 18 digits before and 10 after the point. */
const DECIMAL_TEXT = /^\d{1,18}(\.\d{1,10})?$/;

export const isDecimalText = (text: string): boolean => DECIMAL_TEXT.test(text);

export const exact = (text: string): Decimal => new Exact(text);

export const toAmount = (value: Decimal): string =>
  value.toDecimalPlaces(AMOUNT_DECIMALS, Decimal.ROUND_HALF_EVEN).toFixed(AMOUNT_DECIMALS);

export const sumAmounts = (amounts: string[]): string =>
  amounts.reduce((sum, amount) => sum.plus(amount), exact('0')).toFixed(AMOUNT_DECIMALS);

/** A stored amount as it is shown: at least cents, no zeros behind them that say nothing ("50.00", "0.0717"). */
export const shownMoney = (stored: string): string => {
  const value = exact(stored);
  return value.toFixed(Math.max(2, value.decimalPlaces()));
};
