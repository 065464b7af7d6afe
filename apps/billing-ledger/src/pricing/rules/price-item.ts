import { exact, isDecimalText, toAmount } from './money.js';

export interface ItemPrice {
  /** What the provider charges us. */
  cost: string;
  /** price - cost. */
  markup: string;
  /** What the customer pays. */
  price: string;
}

/**
 * quantity × unit price, and that × (1 + markup %). Cost and price are each rounded once, from the exact product:
 * the price is never computed from the rounded cost. The markup is their difference, so the three always add up.
 */
export function priceItem(item: { quantity: string; unitPrice: string; markupPercent: string }): ItemPrice {
  for (const [name, text] of Object.entries(item)) {
    if (!isDecimalText(text)) throw new RangeError(`${name} is not decimal text: ${text}`);
  }
  const quantity = exact(item.quantity);
  if (quantity.isZero()) throw new RangeError('quantity must be more than 0');
  const exactCost = quantity.times(item.unitPrice);
  const cost = toAmount(exactCost);
  const price = toAmount(exactCost.times(exact(item.markupPercent).plus(100)).dividedBy(100));
  return { cost, markup: toAmount(exact(price).minus(cost)), price };
}
