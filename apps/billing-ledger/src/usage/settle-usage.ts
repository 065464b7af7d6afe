import { reservationCaptured } from '#leadwire/contracts';
import type { TenantTx } from '#leadwire/database';
import { newId, subtractDecimals } from '#leadwire/kernel';
import { Outbox } from '#leadwire/messaging';
import { Injectable } from '@nestjs/common';
import { captureReservation } from '../ledger/sql/capture-reservation.js';
import { debitWallet } from '../ledger/sql/debit-wallet.js';
import type { LedgerResult } from '../ledger/sql/ledger-result.js';
import type { PricedUsage } from '../pricing/rules/price-usage.js';
import { GiveBack } from '../reservations/give-back.js';
import { findReservationOwner, reservationFact } from '../reservations/reservation-owner.js';
import { CURRENCY, ensureWallet } from '../wallets/ensure-wallet.js';
import { componentsOf, cutTo } from './charge-rules.js';

/** A use to be charged: its event's row, and what it was priced at. */
export interface Settlement {
  usageId: string;
  featureKey: string;
  reservationId: string | null;
  usage: PricedUsage;
}

/** What became of it: the posting, and the usage as charged. */
export interface Settled {
  posted: LedgerResult;
  usage: PricedUsage;
}

/**
 * Charges a use in exactly one posting: captured from its hold, or taken from the wallet where the hold is over or too
 * small. All of it happens under the wallet's lock, so nobody takes the money between giving a hold back and the charge.
 */
@Injectable()
export class SettleUsage {
  constructor(
    private readonly outbox: Outbox,
    private readonly giveBack: GiveBack,
  ) {}

  async execute(tx: TenantTx, settlement: Settlement): Promise<Settled> {
    const { reservationId, usage } = settlement;
    if (!reservationId) return { usage, posted: await debit(tx, settlement) };
    const posted = await this.capture(tx, settlement, reservationId);
    switch (posted.verdict) {
      case 'ok':
        return { usage, posted };
      case 'insufficient':
        await this.giveBack.execute(tx, reservationId, 'released');
        return debitAtLeast(tx, settlement, posted);
      case 'closed':
        await this.giveBack.execute(tx, reservationId, 'expired');
        return { usage, posted: await debit(tx, settlement) };
      case 'already_resolved':
      case 'not_found':
        return { usage, posted: await debit(tx, settlement) };
      default:
        return { usage, posted };
    }
  }

  private async capture(tx: TenantTx, settlement: Settlement, reservationId: string): Promise<LedgerResult> {
    const { usageId, featureKey, usage } = settlement;
    const captured = await captureReservation(tx.query, { ...callOf(usageId, featureKey), reservationId, components: componentsOf(featureKey, usage) });
    if (captured.verdict === 'ok') {
      const owner = await findReservationOwner(tx, reservationId);
      await this.outbox.add(tx, reservationCaptured, reservationId, reservationFact(owner!, captured.amount!));
    }
    return captured;
  }
}

async function debit(tx: TenantTx, { usageId, featureKey, usage }: Settlement): Promise<LedgerResult> {
  const walletId = await ensureWallet(tx);
  return debitWallet(tx.query, { ...callOf(usageId, featureKey), walletId, currency: CURRENCY, components: componentsOf(featureKey, usage) });
}

// The use took more than was held (its amount less what the hold was short by). Where the wallet has no more to give, what was held is taken at least: it was promised.
async function debitAtLeast(tx: TenantTx, settlement: Settlement, refused: LedgerResult): Promise<Settled> {
  const whole = await debit(tx, settlement);
  if (whole.verdict !== 'insufficient') return { usage: settlement.usage, posted: whole };
  const usage = cutTo(subtractDecimals(refused.amount!, refused.shortfall!), settlement.usage);
  return { usage, posted: await debit(tx, { ...settlement, usage }) };
}

const callOf = (usageId: string, featureKey: string) => ({
  postingId: newId(),
  idempotencyKey: `usage:${usageId}`,
  referenceType: 'usage_event',
  referenceId: usageId,
  description: featureKey,
});
