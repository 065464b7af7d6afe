import { callLedger, type LedgerCall } from './ledger-call.js';
import type { LedgerResult } from './ledger-result.js';
import type { Query } from './query.js';

export interface Release extends LedgerCall {
  reservationId: string;
  /** `expired` is refused while the reservation still has time. */
  outcome: 'released' | 'expired';
}

export function releaseReservation(query: Query, release: Release): Promise<LedgerResult> {
  return callLedger(query, 'ledger_release', release, [release.reservationId, release.outcome]);
}
