import { usageCharged, usageFailed, type UsageRecorded } from '#leadwire/contracts';
import type { TenantTx } from '#leadwire/database';
import { Outbox } from '#leadwire/messaging';
import { Injectable } from '@nestjs/common';
import { loadPriceBook } from '../pricing/load-price-book.js';
import { exact, shownMoney } from '../pricing/rules/money.js';
import { priceUsage, type PricedUsage, type UsageItem } from '../pricing/rules/price-usage.js';
import { GiveBack } from '../reservations/give-back.js';
import { CURRENCY } from '../wallets/ensure-wallet.js';
import { TellBalance } from '../wallets/tell-balance.js';
import { SettleUsage, type Settled } from './settle-usage.js';
import { markCharged, markNotCharged, recordUsage } from './usage-row.js';

/** Prices a use at the time of use and charges it, once per key; whatever happens, its reservation is settled with it. */
@Injectable()
export class ChargeUsage {
  constructor(
    private readonly outbox: Outbox,
    private readonly settle: SettleUsage,
    private readonly giveBack: GiveBack,
    private readonly balance: TellBalance,
  ) {}

  async execute(tx: TenantTx, recorded: UsageRecorded): Promise<void> {
    const usageId = await recordUsage(tx, recorded);
    if (!usageId) return;
    const usedAt = new Date(recorded.usedAt);
    const priced = priceUsage(await loadPriceBook(tx, usedAt), recorded.items as UsageItem[], usedAt);
    if (!priced.ok) return this.fail(tx, usageId, recorded, noPriceReason(priced.unpriced));
    if (exact(priced.usage.price).isZero()) return this.void(tx, usageId, recorded);
    await this.charge(tx, usageId, recorded, priced.usage);
  }

  private async charge(tx: TenantTx, usageId: string, recorded: UsageRecorded, priced: PricedUsage): Promise<void> {
    const { featureKey, reservationId } = recorded;
    const settled = await this.settle.execute(tx, { usageId, featureKey, reservationId, usage: priced });
    const { verdict, reason } = settled.posted;
    if (verdict !== 'ok') return this.fail(tx, usageId, recorded, reason ?? verdict);
    await this.book(tx, usageId, recorded, settled, remarkOn(priced, settled.usage));
  }

  private async book(tx: TenantTx, usageId: string, recorded: UsageRecorded, { posted, usage }: Settled, remark: string | null): Promise<void> {
    const { idempotencyKey, featureKey, reservationId } = recorded;
    await markCharged(tx, usageId, usage, posted.postingId!, remark);
    await this.outbox.add(tx, usageCharged, usageId, {
      idempotencyKey, featureKey, reservationId, price: shownMoney(usage.price), cost: shownMoney(usage.cost), currency: CURRENCY,
    });
    await this.balance.charged(tx, posted);
  }

  private async void(tx: TenantTx, usageId: string, { items, reservationId }: UsageRecorded): Promise<void> {
    await markNotCharged(tx, usageId, 'voided', items.length === 0 ? 'nothing was used' : 'less than the smallest amount');
    if (reservationId) await this.giveBack.execute(tx, reservationId, 'released');
  }

  private async fail(tx: TenantTx, usageId: string, recorded: UsageRecorded, reason: string): Promise<void> {
    const { idempotencyKey, featureKey, reservationId } = recorded;
    await markNotCharged(tx, usageId, 'failed', reason);
    if (reservationId) await this.giveBack.execute(tx, reservationId, 'released');
    await this.outbox.add(tx, usageFailed, usageId, { idempotencyKey, featureKey, reason });
  }
}

function noPriceReason({ category, provider, model, unit }: UsageItem): string {
  return `no price for ${[category, provider, model, unit].filter(Boolean).join(' · ')}`;
}

function remarkOn(priced: PricedUsage, charged: PricedUsage): string | null {
  return charged.price === priced.price ? null : `priced at ${priced.price}, charged as far as the reservation went`;
}
