import type { Database } from '#leadwire/database';
import type { Logger } from 'pino';
import type { RpcMetrics } from '../rpc-metrics.js';
import type { ContextRefused } from './context-refused.js';
import { RefusalTally } from './refusal-tally.js';
import { forgetOldRefusals, keepRefusals } from './refusals-kept.js';

const FLUSH_MS = 1_000;

/**
 * The audit of refused contexts. Refusals are tallied by what they claim and written once a second, so a flood of forged
 * ones costs a few rows an hour and a line in the log a second, whatever it claims. A process that is killed loses what
 * it has not written: a second.
 */
export class RefusedContexts {
  private readonly tally = new RefusalTally();
  private timer?: NodeJS.Timeout;
  private tidiedHour?: number;

  constructor(
    private readonly database: Database,
    private readonly logger: Logger,
    private readonly metrics?: RpcMetrics,
  ) {}

  /** Notes a refusal; written within a second. */
  note(operation: string, requestId: string, refusal: ContextRefused): void {
    this.metrics?.contextRefused(operation, refusal.reason);
    this.tally.add(operation, requestId, refusal);
    this.timer ??= setTimeout(() => void this.flush(), FLUSH_MS).unref();
  }

  /** Writes what was noted; what could not be written is tried again with the next. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const refusals = this.tally.take();
    if (refusals.length === 0) return;
    this.logger.warn({ refused: refusals.slice(0, 5), more: Math.max(0, refusals.length - 5) }, 'contexts of requests were refused');
    try {
      await this.database.withoutTenant((tx) => keepRefusals(tx, refusals));
      await this.forgetOld(refusals[0]!.hour);
    } catch (error) {
      this.logger.error({ err: error }, 'refused contexts could not be written down');
      this.tally.giveBack(refusals);
    }
  }

  private async forgetOld(hour: Date): Promise<void> {
    if (this.tidiedHour === hour.getTime()) return;
    await this.database.withoutTenant(forgetOldRefusals);
    this.tidiedHour = hour.getTime();
  }
}
