import { Database } from '#leadwire/database';
import { Lifecycle, LOGGER } from '#leadwire/service-kit';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { VoiceCallsConfig } from '../voice-calls.config.js';
import { FinisherSignal } from '../work/worker-signals.js';
import { WorkLoop } from '../work/work-loop.js';
import { FinishCall } from './finish-call.js';

const CLAIM = `
  update voice_call_logs set claimed_until = statement_timestamp() + interval '30 seconds'
  where id in (
    select id from voice_call_logs
    where finish_after <= statement_timestamp() and finished_at is null and (claimed_until is null or claimed_until < statement_timestamp())
    order by finish_after limit 10 for update skip locked
  )
  returning id, tenant_id`;

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
    this.loop = new WorkLoop('finisher', config.pollMs, logger, () => this.step());
    signal.onWake(() => this.loop.wake());
  }

  onModuleInit(): void {
    this.lifecycle.add({ name: 'finisher', start: () => this.loop.start(), stop: () => this.loop.stop() });
  }

  private async step(): Promise<number> {
    const claimed = await this.database.forPlatform((tx) => tx.query<{ id: string; tenant_id: string }>(CLAIM));
    await Promise.all(claimed.map(({ id, tenant_id }) => this.finish(tenant_id, id)));
    return claimed.length;
  }

  private async finish(tenantId: string, callId: string): Promise<void> {
    try {
      await this.finishCall.execute(tenantId, callId);
    } catch (error) {
      this.logger.warn({ err: error, callId }, 'a call was not finished; it is tried again when its lease ends');
    }
  }
}
