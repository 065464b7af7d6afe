import { callAnalyzed, callUsageRecorded } from '#leadwire/contracts';
import { Database, type TenantTx } from '#leadwire/database';
import { newId } from '#leadwire/kernel';
import { Outbox } from '#leadwire/messaging';
import { LOGGER } from '#leadwire/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { VoiceAgentEntity } from '../agents/voice-agent.entity.js';
import { CallLogEntity } from '../calls/call-log.entity.js';
import { CallProgress } from '../calls/call-progress.js';
import { countryOf, timeZoneOf } from '../calls/callee-number.js';
import { VoiceCallsConfig } from '../voice-calls.config.js';
import type { CallAnalyser, CallAnalysis, TranscriptLine } from './analyser/call-analyser.port.js';
import { analyzedPayload } from './analysed-call.js';
import { CallAnalysisEntity } from './call-analysis.entity.js';
import { CALL_ANALYSER } from './call-analyser.provider.js';
import { usageOf } from './call-usage.js';
import { transcriptOf } from './transcript.js';

interface EndedCall {
  call: CallLogEntity;
  lines: TranscriptLine[];
  instructions: string;
}

/** Reads an ended call and tells what it used, once: what was reserved for it is settled or released by that event. */
@Injectable()
export class FinishCall {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly progress: CallProgress,
    private readonly config: VoiceCallsConfig,
    @Inject(CALL_ANALYSER) private readonly analyser: CallAnalyser,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async execute(tenantId: string, callId: string): Promise<void> {
    const ended = await this.database.forTenantAsService(tenantId, (tx) => this.load(tx, callId));
    // Reading takes time: it holds no transaction.
    const analysis = await this.read(ended);
    await this.database.forTenantAsService(tenantId, (tx) => this.settle(tx, ended, analysis));
  }

  private async load(tx: TenantTx, callId: string): Promise<EndedCall> {
    const call = await tx.manager.findOneByOrFail(CallLogEntity, { id: callId });
    const agent = call.agentId ? await tx.manager.findOneBy(VoiceAgentEntity, { id: call.agentId }) : null;
    return { call, lines: await transcriptOf(tx, callId), instructions: agent?.instructions ?? '' };
  }

  private async read({ call, lines }: EndedCall): Promise<CallAnalysis | undefined> {
    if (call.status !== 'completed' || lines.length === 0) return undefined;
    try {
      return await this.analyser.analyse(lines, {
        callStartedAt: call.dialAttemptedAt ?? call.createdAt,
        timeZone: timeZoneOf(call.toNumber, this.config.calleeTimeZone),
        ...(call.leadName && { leadName: call.leadName }),
        country: countryOf(call.toNumber) ?? 'US',
      });
    } catch (error) {
      // A call that cannot be read is paid for all the same: money does not wait for the analyser.
      this.logger.error({ err: error, callId: call.id }, 'a call could not be read');
      return undefined;
    }
  }

  private async settle(tx: TenantTx, ended: EndedCall, analysis: CallAnalysis | undefined): Promise<void> {
    const call = await this.progress.locked(tx, ended.call.id);
    if (!call || call.finishedAt) return;
    if (analysis) await this.keep(tx, call, analysis);
    if (mayBeReserved(call)) await this.tellUsage(tx, call, ended);
    await tx.manager.update(CallLogEntity, { id: call.id }, { finishedAt: new Date(), claimedUntil: null });
  }

  private async keep(tx: TenantTx, call: CallLogEntity, analysis: CallAnalysis): Promise<void> {
    const payload = analyzedPayload(call, analysis);
    const { summary, sentiment, sentimentScore, disposition, leadCategory, scoreDelta, extraction } = payload;
    await tx.manager.insert(CallAnalysisEntity, {
      id: newId(), tenantId: tx.tenantId, callId: call.id, leadId: call.leadId,
      summary, sentiment, sentimentScore, disposition, leadCategory, scoreDelta, extraction: extraction as object,
    });
    await this.outbox.add(tx, callAnalyzed, call.id, payload);
  }

  private tellUsage(tx: TenantTx, call: CallLogEntity, { lines, instructions }: EndedCall): Promise<void> {
    const { status, durationSeconds } = call;
    return this.outbox.add(tx, callUsageRecorded, call.id, {
      idempotencyKey: `call:${call.id}`,
      featureKey: 'voice-calls',
      reservationId: call.reservationId,
      items: usageOf({ status, durationSeconds: durationSeconds ?? 0, instructions, lines }),
      usedAt: (call.endedAt ?? new Date()).toISOString(),
    });
  }
}

// `asked`: billing may hold it although its answer never came; releasing what is not held does no harm.
function mayBeReserved({ reservationStatus }: CallLogEntity): boolean {
  return reservationStatus === 'held' || reservationStatus === 'asked';
}
