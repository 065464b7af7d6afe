import { Database } from '#leadwire/database';
import { Leases } from '#leadwire/messaging';
import { Lifecycle, LOGGER } from '#leadwire/service-kit';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { BillingLedgerConfig } from '../billing-ledger.config.js';
import { findOverdueReservations, type OverdueReservation } from '../ledger/sql/find-overdue-reservations.js';
import { GiveBack } from './give-back.js';

const AT_ONCE = 200;

/**
 * Gives back what was held for a use that nobody reported in time. The lease keeps replicas from doing the same work;
 * it need not be exact: each reservation is resolved under its wallet's lock, once, whoever comes first.
 */
@Injectable()
export class ExpireReservations implements OnModuleInit {
  private timer?: NodeJS.Timeout;
  private sweeping?: Promise<void>;
  private leading = false;

  constructor(
    private readonly database: Database,
    private readonly leases: Leases,
    private readonly lifecycle: Lifecycle,
    private readonly config: BillingLedgerConfig,
    private readonly giveBack: GiveBack,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.lifecycle.add({ name: 'expire-reservations', start: () => this.start(), stop: () => this.stop() });
  }

  private async start(): Promise<void> {
    this.leases.stand('billing-ledger/expire-reservations', {
      onWon: () => this.lead(true),
      onLost: () => this.lead(false),
    });
  }

  /** Finishes the sweep in hand. */
  private async stop(): Promise<void> {
    this.lead(false);
    await this.sweeping;
  }

  private lead(leading: boolean): void {
    this.leading = leading;
    this.schedule(0);
  }

  private schedule(inMs: number): void {
    clearTimeout(this.timer);
    if (!this.leading) return;
    this.timer = setTimeout(() => {
      this.sweeping = this.sweep();
    }, inMs);
  }

  private async sweep(): Promise<void> {
    let more = false;
    try {
      const overdue = await this.database.forPlatform((tx) => findOverdueReservations(tx.query, AT_ONCE));
      const given = await this.expireAll(overdue);
      more = overdue.length === AT_ONCE && given > 0;
    } catch (error) {
      this.logger.warn({ err: error }, 'looking for expired reservations failed, trying again');
    }
    this.schedule(more ? 0 : this.config.reservationSweepMs);
  }

  // One that cannot be given back must not keep the others waiting.
  private async expireAll(overdue: OverdueReservation[]): Promise<number> {
    let given = 0;
    for (const { tenantId, reservationId } of overdue) {
      if (!this.leading) break;
      try {
        await this.database.forTenantAsService(tenantId, (tx) => this.giveBack.execute(tx, reservationId, 'expired'));
        given++;
      } catch (error) {
        this.logger.error({ err: error, reservationId }, 'an expired reservation could not be given back');
      }
    }
    return given;
  }
}
