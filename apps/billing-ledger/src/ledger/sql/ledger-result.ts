/** What became of a call. Only `ok` posted something now; `replayed` is the first result of the same call. */
export type Verdict =
  | 'ok'
  | 'replayed'
  | 'conflict'
  | 'insufficient'
  | 'not_found'
  | 'already_resolved'
  | 'closed'
  | 'invalid';

/** Amounts are decimal text with 6 places. */
export interface LedgerResult {
  verdict: Verdict;
  /** Machine-readable cause of any verdict but ok and replayed, e.g. `above_reservation`. */
  reason: string | null;
  replayed: boolean;
  postingId: string | null;
  walletId: string | null;
  reservationId: string | null;
  currency: string | null;
  amount: string | null;
  released: string | null;
  balanceBefore: string | null;
  balanceAfter: string | null;
  reserved: string | null;
  available: string | null;
  /** What is missing when `insufficient`. */
  shortfall: string | null;
}

// The driver hands ids and decimals over as text; what a function does not fill is null or not there.
const text = (value: unknown): string | null => (value ?? null) as string | null;

export function toLedgerResult(row: Record<string, unknown> | undefined): LedgerResult {
  if (!row) throw new Error('the ledger answered no row');
  return {
    verdict: row.verdict as Verdict,
    reason: text(row.reason),
    replayed: row.verdict === 'replayed',
    postingId: text(row.posting_id),
    walletId: text(row.wallet_id),
    reservationId: text(row.reservation_id),
    currency: text(row.currency),
    amount: text(row.amount),
    released: text(row.released),
    balanceBefore: text(row.balance_before),
    balanceAfter: text(row.balance_after),
    reserved: text(row.reserved),
    available: text(row.available),
    shortfall: text(row.shortfall),
  };
}
