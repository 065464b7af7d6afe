import type { ChargeComponent } from './charge-component.js';
import { callLedger, type LedgerCall } from './ledger-call.js';
import type { LedgerResult } from './ledger-result.js';
import type { Query } from './query.js';

export interface Capture extends LedgerCall {
  reservationId: string;
  components: ChargeComponent[];
}

/** Charges the components against the hold and gives the rest back, in one posting. */
export function captureReservation(query: Query, capture: Capture): Promise<LedgerResult> {
  const { reservationId, components } = capture;
  return callLedger(query, 'ledger_capture', capture, [reservationId, JSON.stringify(components)]);
}
