import { callAnswered, callCompleted, callFailed, callRinging, type CallEnded } from '#leadwire/contracts';
import type { TenantTx } from '#leadwire/database';
import { Outbox } from '#leadwire/messaging';
import { Injectable } from '@nestjs/common';
import { isTranscriptComplete } from '../analysis/transcript-completeness.js';
import { VoiceCallsConfig } from '../voice-calls.config.js';
import { DiallerSignal, FinisherSignal } from '../work/worker-signals.js';
import { CallLogEntity, subjectOf } from './call-log.entity.js';
import { advance, hasEnded, type Advance, type CallFact, type CarrierReport, type EndReason } from './call-status.js';

/** Moves a call forward and tells of it. Every caller holds the row's lock, so each fact is told once. */
@Injectable()
export class CallProgress {
  constructor(
    private readonly outbox: Outbox,
    private readonly config: VoiceCallsConfig,
    private readonly dialler: DiallerSignal,
    private readonly finisher: FinisherSignal,
  ) {}

  /** The row of a call, locked until the transaction ends. */
  locked(tx: TenantTx, callId: string): Promise<CallLogEntity | null> {
    return tx.manager.findOne(CallLogEntity, { where: { id: callId }, lock: { mode: 'pessimistic_write' } });
  }

  /** Applies what the carrier says; a report that takes the call nowhere changes nothing. */
  async apply(tx: TenantTx, call: CallLogEntity, report: CarrierReport, durationSeconds: number | null = null): Promise<void> {
    const answeredBy = report.answeredBy ?? call.answeredBy;
    const step = advance(call.status, { ...report, answeredBy });
    if (step) await this.take(tx, call, step, { answeredBy, durationSeconds });
  }

  /** Ends a call that came to no conversation for a reason of our own. */
  async fail(tx: TenantTx, call: CallLogEntity, endReason: EndReason): Promise<void> {
    if (!hasEnded(call.status)) await this.take(tx, call, { status: 'failed', endReason, facts: ['failed'] }, {});
  }

  private async take(tx: TenantTx, call: CallLogEntity, step: Advance, told: { answeredBy?: string | null; durationSeconds?: number | null }): Promise<void> {
    const now = new Date();
    Object.assign(call, { status: step.status, endReason: step.endReason });
    if (told.answeredBy) call.answeredBy = told.answeredBy;
    if (step.facts.includes('answered')) call.answeredAt = now;
    if (hasEnded(step.status)) await this.end(tx, call, now, told.durationSeconds ?? 0);
    await tx.manager.save(CallLogEntity, call, { reload: false });
    for (const fact of step.facts) await this.tell(tx, call, fact);
  }

  // Last lines may come after the end: reading waits for them, though not for ever.
  private async end(tx: TenantTx, call: CallLogEntity, now: Date, durationSeconds: number): Promise<void> {
    const complete = await isTranscriptComplete(tx, call);
    call.finishAfter = complete ? now : new Date(now.getTime() + this.config.transcriptGraceMs);
    Object.assign(call, { endedAt: now, durationSeconds, claimedUntil: null, checkAt: null });
    tx.afterCommit(() => {
      this.dialler.wake();
      this.finisher.wake();
    });
  }

  private tell(tx: TenantTx, call: CallLogEntity, fact: CallFact): Promise<void> {
    const subject = subjectOf(call);
    if (fact === 'ringing') return this.outbox.add(tx, callRinging, call.id, subject);
    if (fact === 'answered') return this.outbox.add(tx, callAnswered, call.id, subject);
    const ended: CallEnded = { ...subject, status: call.status, endReason: call.endReason, durationSeconds: call.durationSeconds ?? 0 };
    return this.outbox.add(tx, fact === 'completed' ? callCompleted : callFailed, call.id, ended);
  }
}
