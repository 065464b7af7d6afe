import { Database } from '#leadwire/database';
import { Leases } from '#leadwire/messaging';
import { Lifecycle, LOGGER, WorkLoop } from '#leadwire/service-kit';
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
  readonly name = 'expire-reservations';
  private readonly loop: WorkLoop;
  private leading = false;

  constructor(
    private readonly database: Database,
    private readonly leases: Leases,
    private readonly lifecycle: Lifecycle,
    private readonly giveBack: GiveBack,
    { reservationSweepMs }: BillingLedgerConfig,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.loop = new WorkLoop({ name: this.name, pauseMs: reservationSweepMs, logger, step: () => this.sweep() });
  }

  onModuleInit(): void {
    this.lifecycle.add(this);
  }

  async start(): Promise<void> {
    await this.loop.start();
    this.leases.stand('billing-ledger/expire-reservations', {
      onWon: () => this.lead(),
      onLost: () => (this.leading = false),
    });
  }

  /** Ends after the reservation in hand. */
  stop(): Promise<void> {
    return this.loop.stop();
  }

  private lead(): void {
    this.leading = true;
    this.loop.wake();
  }

  // There is more at once only behind a full page of which something was done: what cannot be given back stays overdue.
  private async sweep(): Promise<boolean> {
    if (!this.leading) return false;
    const overdue = await this.database.forPlatform((tx) => findOverdueReservations(tx.query, AT_ONCE));
    const given = await this.expireAll(overdue);
    return overdue.length === AT_ONCE && given > 0;
  }

  // One that cannot be given back must not keep the others waiting.
  private async expireAll(overdue: OverdueReservation[]): Promise<number> {
    let given = 0;
    for (const { tenantId, reservationId } of overdue) {
      if (!this.leading || this.loop.stopping) break;
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
