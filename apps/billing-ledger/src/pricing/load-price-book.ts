import type { TenantTx } from '#leadwire/database';
import { loadMarkups, loadPrices } from '../ledger/sql/load-prices.js';
import { CURRENCY } from '../wallets/ensure-wallet.js';
import type { PriceBook } from './rules/price-usage.js';

/** The prices and markups that were in force for the tenant at a moment. */
export async function loadPriceBook(tx: TenantTx, at: Date): Promise<PriceBook> {
  const prices = await loadPrices(tx.query, at);
  const markups = await loadMarkups(tx.query, at);
  return { tenantId: tx.tenantId, currency: CURRENCY, prices, markups };
}
