import { callLedger, type LedgerCall } from './ledger-call.js';
import type { LedgerResult } from './ledger-result.js';
import type { Query } from './query.js';

export interface Reserve extends LedgerCall {
  reservationId: string;
  walletId: string;
  amount: string;
  currency: string;
  expiresAt: Date;
  /** The reservation's owner: what the money is held for. */
  referenceType: string;
  referenceId: string;
}

export function reserveFunds(query: Query, reserve: Reserve): Promise<LedgerResult> {
  const { reservationId, walletId, amount, currency, expiresAt } = reserve;
  return callLedger(query, 'ledger_reserve', reserve, [
    reservationId,
    walletId,
    amount,
    currency,
    expiresAt.toISOString(),
  ]);
}
