import { callLedger, type LedgerCall } from './ledger-call.js';
import type { LedgerResult } from './ledger-result.js';
import type { Query } from './query.js';

export interface Reverse extends LedgerCall {
  /** A topup, debit or capture that was not reversed before. */
  reversesPostingId: string;
  /** For a dispute: take a topup back even where it was spent. */
  allowNegative?: boolean;
}

export function reversePosting(query: Query, reverse: Reverse): Promise<LedgerResult> {
  const { reversesPostingId, allowNegative = false } = reverse;
  return callLedger(query, 'ledger_reverse', reverse, [reversesPostingId, allowNegative]);
}
