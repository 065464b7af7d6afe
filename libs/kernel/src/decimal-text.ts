import { Decimal } from 'decimal.js';

// 40 digits hold numeric(20,10) products without a silent rounding in between.
const Exact = Decimal.clone({ precision: 40, rounding: Decimal.ROUND_HALF_EVEN });

/** Money and quantities travel as decimal text ("12.50"), never as a float. */
export type DecimalText = string;

/** Up to 14 digits before and `scale` after the point, no exponent, no sign but a leading minus. */
export function isDecimalText(text: unknown, scale = 6): text is DecimalText {
  return typeof text === 'string' && new RegExp(`^-?\\d{1,14}(\\.\\d{1,${scale}})?$`).test(text);
}

/** The exact sum, without trailing zeros. Throws on text that is no decimal. */
export function sumDecimals(...values: DecimalText[]): DecimalText {
  return values.reduce((sum, value) => sum.plus(value), new Exact(0)).toFixed();
}

/** a − b, exact. */
export function subtractDecimals(a: DecimalText, b: DecimalText): DecimalText {
  return new Exact(a).minus(b).toFixed();
}

/** Negative, zero or positive as a is below, equal to or above b. */
export function compareDecimals(a: DecimalText, b: DecimalText): number {
  return new Exact(a).comparedTo(b);
}

/** Rounded half-even to `places` digits after the point, and padded to them: "1" → "1.00". */
export function roundDecimal(value: DecimalText, places: number): DecimalText {
  return new Exact(value).toFixed(places, Decimal.ROUND_HALF_EVEN);
}
