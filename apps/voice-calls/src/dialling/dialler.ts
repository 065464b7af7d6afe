import { Database } from '#leadwire/database';
import { PendingCalls } from '#leadwire/rpc';
import { Lifecycle, LOGGER, WorkLoop } from '#leadwire/service-kit';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { In } from 'typeorm';
import { VoiceAgentEntity } from '../agents/voice-agent.entity.js';
import { CallLogEntity } from '../calls/call-log.entity.js';
import { VoiceCallsConfig } from '../voice-calls.config.js';
import { DiallerSignal } from '../work/worker-signals.js';
import { ClaimCalls, type ClaimedCalls } from './claim-calls.js';
import { DialCall } from './dial-call.js';

/** Takes queued calls as lines become free and dials them side by side. */
@Injectable()
export class Dialler implements OnModuleInit {
  private readonly loop: WorkLoop;
  private readonly inHand = new PendingCalls();

  constructor(
    private readonly database: Database,
    private readonly claims: ClaimCalls,
    private readonly dialCall: DialCall,
    private readonly lifecycle: Lifecycle,
    @Inject(LOGGER) private readonly logger: Logger,
    config: VoiceCallsConfig,
    signal: DiallerSignal,
  ) {
    this.loop = new WorkLoop({ name: 'dialler', pauseMs: config.pollMs, logger, step: () => this.step() });
    signal.onWake(() => this.loop.wake());
  }

  onModuleInit(): void {
    this.lifecycle.add({ name: 'dialler', start: () => this.loop.start(), stop: () => this.stop() });
  }

  private async stop(): Promise<void> {
    await this.loop.stop();
    await this.inHand.settled();
  }

  private async step(): Promise<boolean> {
    const claimed = await this.claims.next();
    await Promise.all(claimed.map((calls) => this.begin(calls)));
    return claimed.length > 0;
  }

  private async begin({ tenantId, callIds }: ClaimedCalls): Promise<void> {
    const { calls, agents } = await this.database.forTenantAsService(tenantId, async (tx) => {
      const rows = await tx.manager.findBy(CallLogEntity, { id: In(callIds) });
      return { calls: rows, agents: await tx.manager.findBy(VoiceAgentEntity, { id: In(rows.map((call) => call.agentId)) }) };
    });
    const agentOf = new Map(agents.map((agent) => [agent.id, agent]));
    for (const call of calls) void this.inHand.track(this.dial(call, agentOf.get(call.agentId!)!));
  }

  private async dial(call: CallLogEntity, agent: VoiceAgentEntity): Promise<void> {
    try {
      await this.dialCall.execute(call, agent);
    } catch (error) {
      this.logger.warn({ err: error, callId: call.id }, 'dialling broke off; lease or sweep take the call up again');
    }
  }
}
