import { Decimal } from 'decimal.js';

/** The most one checkout takes, in cents: Stripe's own limit of eight digits. */
export const MOST_MINOR_UNITS = 99_999_999;

/** Cents of an amount that has at most two decimals: "50" is 5000. */
export function toMinorUnits(amount: string): number {
  const minor = new Decimal(amount).times(100);
  if (!minor.isInteger()) throw new RangeError(`${amount} has parts of a cent`);
  return minor.toNumber();
}
