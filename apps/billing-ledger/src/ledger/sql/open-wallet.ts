import { type LedgerResult, toLedgerResult } from './ledger-result.js';
import type { Query } from './query.js';

export interface OpenWallet {
  walletId: string;
  currency: string;
  /** A wallet of one user; left out, it is the tenant's own. */
  userId?: string;
  overdraftPolicy?: 'none' | 'limit' | 'unbounded';
  overdraftLimit?: string;
}

/** Opens the wallet, or answers `replayed` with the one this tenant, currency and user already have. */
export async function openWallet(query: Query, wallet: OpenWallet): Promise<LedgerResult> {
  const rows = await query('select * from ledger_open_wallet($1, $2, $3, $4, $5)', [
    wallet.walletId,
    wallet.currency,
    wallet.userId ?? null,
    wallet.overdraftPolicy ?? 'none',
    wallet.overdraftLimit ?? '0',
  ]);
  return toLedgerResult(rows[0]);
}
