import { Database } from '#leadwire/database';
import { Lifecycle, LOGGER, WorkLoop } from '#leadwire/service-kit';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { VoiceCallsConfig } from '../voice-calls.config.js';
import { FinisherSignal } from '../work/worker-signals.js';
import { FinishCall } from './finish-call.js';

// Materialized: inside an IN the planner may run the limited query once per row, and claim more than it was to.
const CLAIM = `
  with due as materialized (
    select id from voice_call_logs
    where finish_after <= statement_timestamp() and finished_at is null and (claimed_until is null or claimed_until < statement_timestamp())
    order by finish_after limit 10 for update skip locked
  )
  update voice_call_logs l set claimed_until = statement_timestamp() + interval '30 seconds'
  from due where l.id = due.id
  returning l.id, l.tenant_id`;

/** Finishes ended calls, whichever replica comes first; one that dies in between leaves the call to the next. */
@Injectable()
export class Finisher implements OnModuleInit {
  private readonly loop: WorkLoop;

  constructor(
    private readonly database: Database,
    private readonly finishCall: FinishCall,
    private readonly lifecycle: Lifecycle,
    @Inject(LOGGER) private readonly logger: Logger,
    config: VoiceCallsConfig,
    signal: FinisherSignal,
  ) {
    this.loop = new WorkLoop({ name: 'finisher', pauseMs: config.pollMs, logger, step: () => this.step() });
    signal.onWake(() => this.loop.wake());
  }

  onModuleInit(): void {
    this.lifecycle.add(this.loop);
  }

  private async step(): Promise<boolean> {
    const claimed = await this.database.forPlatform((tx) => tx.query<{ id: string; tenant_id: string }>(CLAIM));
    await Promise.all(claimed.map(({ id, tenant_id }) => this.finish(tenant_id, id)));
    return claimed.length > 0;
  }

  private async finish(tenantId: string, callId: string): Promise<void> {
    try {
      await this.finishCall.execute(tenantId, callId);
    } catch (error) {
      this.logger.warn({ err: error, callId }, 'a call was not finished; it is tried again when its lease ends');
    }
  }
}
