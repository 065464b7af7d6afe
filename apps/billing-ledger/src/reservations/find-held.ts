import { BillingProblems, type Reserved, type ReserveForUsage } from '#leadwire/contracts';
import type { TenantTx } from '#leadwire/database';
import { Problems } from '#leadwire/kernel';
import { shownMoney } from '../pricing/rules/money.js';

const FIND = `
  select r.reference_type, r.reference_id, r.amount, s.available_after as available,
    r.status = 'held' and r.expires_at > clock_timestamp() as held
  from billing_reservations r join billing_ledger_transactions s on s.id = r.held_posting_id where r.id = $1`;

interface Row {
  reference_type: string;
  reference_id: string;
  amount: string;
  available: string;
  held: boolean;
}

/**
 * What was answered when this reservation was made, whatever prices say by now; undefined when it was not made yet.
 * One that is settled or over holds nothing any more, so to answer as if it did would be a promise without money.
 */
export async function findHeld(tx: TenantTx, input: ReserveForUsage): Promise<Reserved | undefined> {
  const { reservationId, referenceType, referenceId } = input;
  const [row] = await tx.query<Row>(FIND, [reservationId]);
  if (!row) return undefined;
  if (row.reference_type !== referenceType || row.reference_id !== referenceId) {
    throw Problems.conflict({ detail: 'This reservation id was used for something else.' });
  }
  if (!row.held) throw BillingProblems.resolved();
  return { reservationId, amount: shownMoney(row.amount), available: shownMoney(row.available) };
}
