import type { ReservationFact } from '#leadwire/contracts';
import type { TenantTx } from '#leadwire/database';
import { shownMoney } from '../pricing/rules/money.js';

/** What a reservation was made for, and from which wallet: neither ever changes. */
export interface ReservationOwner {
  walletId: string;
  referenceType: string;
  referenceId: string;
}

const OWNER = `
  select wallet_id as "walletId", reference_type as "referenceType", reference_id as "referenceId"
  from billing_reservations where id = $1`;

export async function findReservationOwner(tx: TenantTx, reservationId: string): Promise<ReservationOwner | undefined> {
  const [row] = await tx.query<ReservationOwner>(OWNER, [reservationId]);
  return row;
}

/** The fact that events tell of it, with the amount held, captured or given back. */
export function reservationFact({ walletId, referenceType, referenceId }: ReservationOwner, amount: string): ReservationFact {
  return { walletId, amount: shownMoney(amount), referenceType, referenceId };
}
