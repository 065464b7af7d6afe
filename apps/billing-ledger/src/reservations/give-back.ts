import { reservationExpired, reservationReleased } from '#leadwire/contracts';
import type { TenantTx } from '#leadwire/database';
import { newId } from '#leadwire/kernel';
import { Outbox } from '#leadwire/messaging';
import { Injectable } from '@nestjs/common';
import { releaseReservation } from '../ledger/sql/release-reservation.js';
import { findReservationOwner, reservationFact } from './reservation-owner.js';

const EVENTS = { released: reservationReleased, expired: reservationExpired };

/** Gives a reservation back whole and tells of it. One that is settled already, or not there, stays as it is. */
@Injectable()
export class GiveBack {
  constructor(private readonly outbox: Outbox) {}

  async execute(tx: TenantTx, reservationId: string, outcome: 'released' | 'expired'): Promise<void> {
    const owner = await findReservationOwner(tx, reservationId);
    if (!owner) return;
    const { referenceType, referenceId } = owner;
    const given = await releaseReservation(tx.query, {
      postingId: newId(), idempotencyKey: `${outcome}:${reservationId}`, reservationId, outcome, referenceType, referenceId,
      description: outcome === 'expired' ? 'Reservation expired' : 'Reservation released',
    });
    if (given.verdict === 'ok') {
      await this.outbox.add(tx, EVENTS[outcome], reservationId, reservationFact(owner, given.amount!));
    } else if (given.verdict !== 'replayed' && given.verdict !== 'already_resolved') {
      throw new Error(`reservation ${reservationId} could not be given back: ${given.verdict} ${given.reason}`);
    }
  }
}
