import type { ChargeComponent } from './charge-component.js';
import { callLedger, type LedgerCall } from './ledger-call.js';
import type { LedgerResult } from './ledger-result.js';
import type { Query } from './query.js';

export interface Debit extends LedgerCall {
  walletId: string;
  components: ChargeComponent[];
  currency: string;
}

/** Charges at once, without a reservation. */
export function debitWallet(query: Query, debit: Debit): Promise<LedgerResult> {
  const { walletId, components, currency } = debit;
  return callLedger(query, 'ledger_debit', debit, [walletId, JSON.stringify(components), currency]);
}
