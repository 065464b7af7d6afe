import { callCompleted, callFailed, type CallEnded } from '#leadwire/contracts';
import type { TenantTx } from '#leadwire/database';
import { Consumer, Outbox, type Delivery, type Reaction, type ReceivedEvent } from '#leadwire/messaging';
import { Injectable } from '@nestjs/common';
import { finishStep, lockEnrolment, type StepReference } from '../enrolments/enrolment-moves.js';
import { StepRunner } from './step-runner.js';

// Only a call that was asked for and has not ended yet: a second end of it changes nothing.
const END_CALL = `
  update campaign_lead_activities set status = $3, error_message = $4, reference = $5, executed_at = now(), updated_at = now()
  where campaign_lead_id = $1 and step_id = $2 and action_type = 'call' and status = 'requested' returning id`;
const STEP = `
  select s.id, s.type, s."order",
    not exists (select 1 from campaign_steps n where n.campaign_id = s.campaign_id and n."order" = s."order" + 1) as "isLast"
  from campaign_steps s where s.id = $1`;

/** The call that a step asked for has ended, with or without a conversation: the enrolment goes on. */
@Consumer({ name: 'finish-call-step-on-call-ended', events: [callCompleted, callFailed] })
@Injectable()
export class FinishCallStepOnCallEnded implements Reaction {
  constructor(
    private readonly outbox: Outbox,
    private readonly runner: StepRunner,
  ) {}

  async handle(delivery: Delivery): Promise<void> {
    await delivery.each(async (tx, event) => this.finish(tx, event));
  }

  private async finish(tx: TenantTx, { type, aggregateId, payload }: ReceivedEvent<CallEnded>): Promise<void> {
    const { campaignLeadId, campaignStepId, status, endReason } = payload;
    if (!campaignLeadId || !campaignStepId) return;
    const enrolment = await lockEnrolment(tx, campaignLeadId);
    if (!enrolment) return;
    const completed = type === callCompleted.type;
    const detail = [status, endReason].filter(Boolean).join(': ');
    const ended = await tx.query(END_CALL, [enrolment.id, campaignStepId, completed ? 'completed' : 'failed', detail, aggregateId]);
    if (ended.length === 0) return;
    const [step] = await tx.query<StepReference>(STEP, [campaignStepId]);
    await finishStep(tx, this.outbox, enrolment, step!, completed ? null : status);
    tx.afterCommit(() => this.runner.wake());
  }
}
