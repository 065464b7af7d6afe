import { findMarkup } from './markup-lookup.js';
import { findPrice, type PriceRow } from './price-lookup.js';
import type { PriceBook } from './price-usage.js';

export interface PriceInForce extends PriceRow {
  markupPercent: string;
}

/** The rows of a book that a use at `at` would be priced by, oldest id first: those that another row overrides are left out. */
export function pricesInForce(book: PriceBook, at: Date): PriceInForce[] {
  const { tenantId, currency, prices, markups } = book;
  return prices
    .filter((row) => findPrice(prices, { ...row, tenantId, currency, usedAt: at })?.id === row.id)
    .map((row) => ({ ...row, markupPercent: findMarkup(markups, { tenantId, category: row.category, usedAt: at })?.markupPercent ?? '0' }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}
