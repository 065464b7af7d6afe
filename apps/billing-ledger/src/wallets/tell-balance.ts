import { walletDepleted, walletLow, walletToppedUp, type WalletFact } from '#leadwire/contracts';
import type { TenantTx } from '#leadwire/database';
import { Outbox } from '#leadwire/messaging';
import { Injectable } from '@nestjs/common';
import type { LedgerResult } from '../ledger/sql/ledger-result.js';
import { shownMoney } from '../pricing/rules/money.js';
import { crossingsOf } from './balance-crossings.js';

const NOTICES = { low: walletLow, depleted: walletDepleted };
const NOTED = `update billing_wallets set low_balance_notified_at = now() where id = $1`;
const ARMED = `update billing_wallets set low_balance_notified_at = null where id = $1 and low_balance_notified_at is not null`;

/** Tells what a posting did to the wallet's balance; the amount of each event is the posting's. */
@Injectable()
export class TellBalance {
  constructor(private readonly outbox: Outbox) {}

  async toppedUp(tx: TenantTx, posted: LedgerResult): Promise<void> {
    await tx.query(ARMED, [posted.walletId]);
    await this.outbox.add(tx, walletToppedUp, posted.walletId!, factOf(posted));
  }

  async charged(tx: TenantTx, posted: LedgerResult): Promise<void> {
    const [wallet] = await tx.query<{ threshold: string | null }>(
      `select low_balance_threshold as threshold from billing_wallets where id = $1`,
      [posted.walletId],
    );
    const balance = { before: posted.balanceBefore!, after: posted.balanceAfter!, threshold: wallet!.threshold };
    const crossings = crossingsOf(balance);
    if (crossings.length > 0) await tx.query(NOTED, [posted.walletId]);
    for (const crossing of crossings) await this.outbox.add(tx, NOTICES[crossing], posted.walletId!, factOf(posted));
  }
}

function factOf(posted: LedgerResult): WalletFact {
  return { amount: shownMoney(posted.amount!), balance: shownMoney(posted.balanceAfter!), currency: posted.currency! };
}
