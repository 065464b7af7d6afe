import { stepSkipped } from '#leadwire/contracts';
import { Database, type TenantTx } from '#leadwire/database';
import { Outbox } from '#leadwire/messaging';
import { Injectable } from '@nestjs/common';
import { ContactReferences } from '../contact/contact-references.js';
import { endEnrolments, finishStep } from '../enrolments/enrolment-moves.js';
import type { ClaimedEnrolment } from './enrolment-claims.js';
import { lockDueStep, type DueStep } from './due-step.js';
import { leftBehind, type MailIntent } from './mail-intent.js';
import { requestCall } from './request-call.js';
import { recordSkip } from './record-skip.js';
import { decideStep, type StepDecision } from './step-decision.js';
import { storeMailIntent } from './store-mail-intent.js';

/** What is to be done outside the transaction: send a mail, or find out what became of one. */
export interface PendingAct {
  do: 'send' | 'resolve';
  intent: MailIntent;
}

const RELEASE = `update campaign_leads set claimed_by = null, claimed_until = null where id = $1`;
const REST = `update campaign_leads set claimed_by = null, claimed_until = null, due_at = null where id = $1`;
const WAIT = `
  update campaign_leads set status = 'waiting', due_at = now() + $2 * interval '1 second', claimed_by = null, claimed_until = null,
    started_at = coalesce(started_at, now()), updated_at = now() where id = $1`;
const HOLD = `
  update campaign_leads set status = 'held', reason = $2, due_at = null, claimed_by = null, claimed_until = null,
    started_at = coalesce(started_at, now()), updated_at = now() where id = $1`;
const DROP_INTENT = `update campaign_lead_activities set status = 'skipped', error_message = 'the enrolment ended before it was sent', updated_at = now() where id = $1`;

/** Begins the current step of a claimed enrolment in one transaction: gates, then the step itself or the intent of its act. */
@Injectable()
export class BeginStep {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly references: ContactReferences,
  ) {}

  execute({ tenantId, id }: ClaimedEnrolment, claimedBy: string, sendAgain: boolean): Promise<PendingAct | undefined> {
    return this.database.forTenantAsService(tenantId, async (tx) => {
      const due = await lockDueStep(tx, id, claimedBy);
      if (!due) return undefined;
      const { enrolment, step, intent } = due;
      const situation = { ...due, ...enrolment, stepType: step.type, config: step.config, intent: intent?.status ?? null };
      const decision = decideStep(situation, sendAgain);
      if (intent && sendAgain && (decision.do === 'rest' || decision.do === 'stop')) await tx.query(DROP_INTENT, [intent.id]);
      return this.carryOut(tx, due, decision);
    });
  }

  private async carryOut(tx: TenantTx, due: DueStep, decision: StepDecision): Promise<PendingAct | undefined> {
    const { enrolment, step } = due;
    switch (decision.do) {
      case 'resolve':
        return { do: 'resolve', intent: leftBehind(tx.tenantId, due, due.intent!) };
      case 'mail':
        return this.mail(tx, due);
      case 'call':
        return requestCall(tx, this.outbox, due);
      case 'stop':
        return endEnrolments(tx, this.outbox, [enrolment], 'stopped', decision.reason).then(none);
      case 'skip':
        await recordSkip(tx, due, decision.reason);
        return finishStep(tx, this.outbox, enrolment, step, decision.reason, stepSkipped).then(none);
      case 'finish':
        return finishStep(tx, this.outbox, enrolment, step).then(none);
      case 'wait':
        return tx.query(WAIT, [enrolment.id, decision.seconds]).then(none);
      case 'release':
        return tx.query(RELEASE, [enrolment.id]).then(none);
      case 'rest':
        return tx.query(REST, [enrolment.id]).then(none);
    }
  }

  private async mail(tx: TenantTx, due: DueStep): Promise<PendingAct | undefined> {
    const intent = await storeMailIntent(tx, this.references, due);
    if (!('hold' in intent)) return { do: 'send', intent };
    const { enrolment, step } = due;
    const { id, campaignId, leadId } = enrolment;
    await tx.query(HOLD, [id, intent.hold]);
    await recordSkip(tx, due, intent.hold);
    await this.outbox.add(tx, stepSkipped, id, { campaignId, leadId, stepId: step.id, stepType: step.type, reason: intent.hold });
    return undefined;
  }
}

function none(): undefined {
  return undefined;
}
