import { BillingProblems, reservationHeld, type Reserved, type ReserveForUsage as ReserveInput } from '#leadwire/contracts';
import type { TenantTx } from '#leadwire/database';
import { newId, Problems, systemClock, type Problem } from '#leadwire/kernel';
import { Outbox } from '#leadwire/messaging';
import type { Call } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';
import type { LedgerResult } from '../ledger/sql/ledger-result.js';
import { reserveFunds } from '../ledger/sql/reserve-funds.js';
import { loadPriceBook } from '../pricing/load-price-book.js';
import { exact, shownMoney } from '../pricing/rules/money.js';
import { priceUsage, type UsageItem } from '../pricing/rules/price-usage.js';
import { CURRENCY, ensureWallet } from '../wallets/ensure-wallet.js';
import { findHeld } from './find-held.js';

// A hold cannot be nothing: what is too cheap to price holds the smallest amount there is.
const SMALLEST_HOLD = '0.000001';

/** Holds what a use costs at worst. The same reservation id answers the same, however often it is asked for. */
@Injectable()
export class ReserveForUsage {
  constructor(private readonly outbox: Outbox) {}

  execute(call: Call<ReserveInput>): Promise<Reserved> {
    return call.transaction(async (tx) => (await findHeld(tx, call.input)) ?? this.hold(tx, call.input));
  }

  private async hold(tx: TenantTx, input: ReserveInput): Promise<Reserved> {
    const { reservationId, referenceType, referenceId } = input;
    const held = await reserveFunds(tx.query, {
      postingId: newId(), idempotencyKey: `reserve:${reservationId}`, reservationId, referenceType, referenceId,
      walletId: await ensureWallet(tx),
      amount: await worstPrice(tx, input.items as UsageItem[]),
      currency: CURRENCY,
      expiresAt: new Date(input.expiresAt),
      description: `Held for ${input.featureKey}`,
    });
    if (held.verdict !== 'ok' && held.verdict !== 'replayed') throw problemOf(held);
    const amount = shownMoney(held.amount!);
    if (held.verdict === 'ok') {
      await this.outbox.add(tx, reservationHeld, reservationId, { walletId: held.walletId!, amount, referenceType, referenceId });
    }
    return { reservationId, amount, available: shownMoney(held.available!) };
  }
}

async function worstPrice(tx: TenantTx, items: UsageItem[]): Promise<string> {
  const now = systemClock.now();
  const priced = priceUsage(await loadPriceBook(tx, now), items, now);
  if (!priced.ok) {
    const { category, provider, model, unit } = priced.unpriced;
    throw BillingProblems.noPrice({ detail: `No price for ${[category, provider, model, unit].filter(Boolean).join(' · ')}.` });
  }
  return exact(priced.usage.price).isZero() ? SMALLEST_HOLD : priced.usage.price;
}

function problemOf({ verdict, reason, available, amount, shortfall }: LedgerResult): Problem {
  if (verdict === 'insufficient') {
    const extra = { available: shownMoney(available!), needed: shownMoney(amount!), shortfall: shownMoney(shortfall!) };
    return BillingProblems.insufficient({ extra });
  }
  if (verdict === 'closed') return BillingProblems.walletClosed();
  if (reason === 'expires_at') return Problems.invalid({ errors: [{ field: 'expiresAt', message: 'expiresAt must be in the future' }] });
  return Problems.conflict({ detail: 'This reservation id was used for something else.' });
}
