import type { ChargeComponent } from '../ledger/sql/charge-component.js';
import { exact, sumAmounts, toAmount } from '../pricing/rules/money.js';
import type { PricedItem, PricedUsage } from '../pricing/rules/price-usage.js';

/** One line of the charge per item; what rounds to nothing is no line. */
export function componentsOf(featureKey: string, usage: PricedUsage): ChargeComponent[] {
  return usage.items
    .filter((item) => !(exact(item.price).isZero() && exact(item.cost).isZero()))
    .map(({ provider, category, price, cost, pricingId }) => ({ feature: featureKey, provider, category, price, cost, pricingId }));
}

/**
 * The usage charged only as far as `limit` goes, item after item; costs stay what they are, the loss is ours and shows
 * as margin. For a use that took more than was held and more than the wallet can give.
 */
export function cutTo(limit: string, usage: PricedUsage): PricedUsage {
  let left = exact(limit);
  const items = usage.items.map((item): PricedItem => {
    const price = left.lessThan(item.price) ? left : exact(item.price);
    left = left.minus(price);
    return { ...item, price: toAmount(price), markup: toAmount(price.minus(item.cost)) };
  });
  return { items, cost: usage.cost, price: sumAmounts(items.map((item) => item.price)) };
}
