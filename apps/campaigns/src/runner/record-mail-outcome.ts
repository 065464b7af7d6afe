import { stepFailed } from '#leadwire/contracts';
import { Database, type TenantTx } from '#leadwire/database';
import { Outbox } from '#leadwire/messaging';
import { Injectable } from '@nestjs/common';
import { CampaignsConfig } from '../campaigns.config.js';
import { endEnrolments, finishStep, lockEnrolment, type LockedEnrolment } from '../enrolments/enrolment-moves.js';
import type { MailIntent } from './mail-intent.js';
import { RecordSentMails } from './record-sent-mails.js';
import { attemptsLeft, retryAfterMs } from './retry-rules.js';

/** What became of an intent. `later`: nothing is known yet, ask again. */
export type MailOutcome =
  | { is: 'sent'; response: string }
  | { is: 'sent-unknown'; detail: string }
  | { is: 'rejected' | 'temporary' | 'unavailable'; detail: string }
  | { is: 'later'; askAgainMs: number };

type UnsentOutcome = Exclude<MailOutcome, { is: 'sent' }>;

// Only an intent without an outcome gets one: whoever comes second changes nothing.
const SETTLE = `
  update campaign_lead_activities set status = $2, error_message = $3, executed_at = now(), updated_at = now()
  where id = $1 and status = 'queued' returning id`;
const ASK_AGAIN = `
  with asked as (
    update campaign_lead_activities set unknown_since = coalesce(unknown_since, now()) where id = $3 and status = 'queued'
  )
  update campaign_leads set due_at = now() + $2 * interval '1 millisecond', claimed_by = null, claimed_until = null where id = $1`;
const RETRY = `
  update campaign_leads set due_at = case when status in ('completed', 'stopped', 'failed') then null else now() + $2 * interval '1 millisecond' end,
    attempt = attempt + $3, claimed_by = null, claimed_until = null, updated_at = now() where id = $1`;

/** Writes down what became of a mail and moves its enrolment on, in one transaction. */
@Injectable()
export class RecordMailOutcome {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly config: CampaignsConfig,
    private readonly sentMails: RecordSentMails,
  ) {}

  execute(intent: MailIntent, outcome: MailOutcome): Promise<void> {
    if (outcome.is === 'sent') return this.sentMails.execute(intent, outcome.response);
    return this.database.forTenantAsService(intent.tenantId, async (tx) => {
      const enrolment = (await lockEnrolment(tx, intent.enrolment.id))!;
      await this.record(tx, intent, enrolment, outcome);
    });
  }

  private async record(tx: TenantTx, intent: MailIntent, enrolment: LockedEnrolment, outcome: UnsentOutcome): Promise<void> {
    switch (outcome.is) {
      case 'sent-unknown':
        if (await settle(tx, intent, 'sent-unknown', outcome.detail)) await finishStep(tx, this.outbox, enrolment, intent.step, 'sent-unknown');
        return;
      case 'rejected':
        return this.failed(tx, intent, enrolment, outcome.detail);
      case 'temporary':
        if (!attemptsLeft(intent.attempt)) return this.failed(tx, intent, enrolment, outcome.detail);
        return this.retry(tx, intent, outcome.detail, 1);
      case 'unavailable':
        return this.retry(tx, intent, outcome.detail, 0);
      case 'later':
        await tx.query(ASK_AGAIN, [enrolment.id, outcome.askAgainMs, intent.activityId]);
    }
  }

  private async failed(tx: TenantTx, intent: MailIntent, enrolment: LockedEnrolment, detail: string): Promise<void> {
    if (!(await settle(tx, intent, 'failed', detail))) return;
    const { id, campaignId, leadId } = enrolment;
    const reason = detail.slice(0, 300);
    await this.outbox.add(tx, stepFailed, id, { campaignId, leadId, stepId: intent.step.id, stepType: intent.step.type, reason });
    await endEnrolments(tx, this.outbox, [enrolment], 'failed', reason);
    await tx.query(RETRY, [id, 0, 0]);
  }

  // A server that was not reached says nothing of the message: the same attempt is made again, for as long as it takes.
  private async retry(tx: TenantTx, intent: MailIntent, detail: string, counted: 0 | 1): Promise<void> {
    if (!(await settle(tx, intent, 'deferred', detail))) return;
    const waitMs = retryAfterMs(counted ? intent.attempt : 1, this.config.runnerRetryMs);
    await tx.query(RETRY, [intent.enrolment.id, waitMs, counted]);
  }
}

async function settle(tx: TenantTx, intent: MailIntent, status: string, detail: string): Promise<boolean> {
  return (await tx.query(SETTLE, [intent.activityId, status, detail.slice(0, 2000)])).length > 0;
}
