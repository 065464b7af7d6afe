import { findMarkup, type MarkupRow } from './markup-lookup.js';
import { sumAmounts } from './money.js';
import { priceItem, type ItemPrice } from './price-item.js';
import { findPrice, type PriceRow } from './price-lookup.js';
import type { Unit } from './unit.js';

export interface UsageItem {
  category: string;
  provider: string;
  model: string | null;
  unit: Unit;
  /** Decimal text, more than 0. */
  quantity: string;
}

export interface PricedItem extends UsageItem, ItemPrice {
  /** The catalogue row that set the price; it stays on the charge. */
  pricingId: string;
  unitPrice: string;
  markupPercent: string;
}

export interface PricedUsage {
  items: PricedItem[];
  cost: string;
  price: string;
}

export interface PriceBook {
  tenantId: string;
  currency: string;
  prices: PriceRow[];
  markups: MarkupRow[];
}

export function priceUsageItem(book: PriceBook, item: UsageItem, usedAt: Date): PricedItem | undefined {
  const row = findPrice(book.prices, { ...item, tenantId: book.tenantId, currency: book.currency, usedAt });
  if (!row) return undefined;
  const markup = findMarkup(book.markups, { tenantId: book.tenantId, category: item.category, usedAt });
  const markupPercent = markup?.markupPercent ?? '0';
  const { unitPrice } = row;
  const priced = priceItem({ quantity: item.quantity, unitPrice, markupPercent });
  return { ...item, ...priced, pricingId: row.id, unitPrice, markupPercent };
}

/** All items priced, or the first item nobody has a price for: usage is charged whole or not at all. */
export function priceUsage(
  book: PriceBook,
  items: UsageItem[],
  usedAt: Date,
): { ok: true; usage: PricedUsage } | { ok: false; unpriced: UsageItem } {
  const priced: PricedItem[] = [];
  for (const item of items) {
    const one = priceUsageItem(book, item, usedAt);
    if (!one) return { ok: false, unpriced: item };
    priced.push(one);
  }
  const usage = {
    items: priced,
    cost: sumAmounts(priced.map((item) => item.cost)),
    price: sumAmounts(priced.map((item) => item.price)),
  };
  return { ok: true, usage };
}
