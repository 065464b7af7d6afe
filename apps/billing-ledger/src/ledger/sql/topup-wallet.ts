import { callLedger, type LedgerCall } from './ledger-call.js';
import type { LedgerResult } from './ledger-result.js';
import type { Query } from './query.js';

export interface Topup extends LedgerCall {
  walletId: string;
  amount: string;
  currency: string;
  /** `stripe_clearing`: paid money; `promotional_credit`: a grant. */
  source: 'stripe_clearing' | 'promotional_credit';
  /** Which payment provider or kind of grant, e.g. `stripe`, `local`, `goodwill`. */
  sourceKey: string;
}

export function topupWallet(query: Query, topup: Topup): Promise<LedgerResult> {
  const { walletId, amount, currency, source, sourceKey } = topup;
  return callLedger(query, 'ledger_topup', topup, [walletId, amount, currency, source, sourceKey]);
}
