import { messageSent } from '#leadwire/contracts';
import { Database, type TenantTx } from '#leadwire/database';
import { Outbox } from '#leadwire/messaging';
import { Injectable } from '@nestjs/common';
import { finishSteps, lockEnrolments } from '../enrolments/enrolment-moves.js';
import type { MailIntent } from './mail-intent.js';

interface SentMail {
  intent: MailIntent;
  response: string;
  resolve(): void;
  reject(error: unknown): void;
}

// Only an intent without an outcome gets one: whoever comes second changes nothing.
const SETTLE = `
  update campaign_lead_activities a set status = 'sent', error_message = s.response, executed_at = now(), updated_at = now()
  from unnest($1::uuid[], $2::text[]) as s(id, response)
  where a.id = s.id and a.status = 'queued' returning a.id`;

/**
 * Writes down mails that were taken and moves their enrolments on. What is taken while one transaction commits goes
 * into the next together: a mail is in hand until its own commit, so waiting for company costs nothing.
 */
@Injectable()
export class RecordSentMails {
  private waiting: SentMail[] = [];
  private writing = false;

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  /** Resolves when the outcome has committed. */
  execute(intent: MailIntent, response: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ intent, response: response.slice(0, 2000), resolve, reject });
      if (!this.writing) void this.write();
    });
  }

  private async write(): Promise<void> {
    this.writing = true;
    while (this.waiting.length > 0) {
      const mails = Map.groupBy(this.waiting.splice(0), ({ intent }) => intent.tenantId);
      await Promise.all([...mails].map(([tenantId, sent]) => this.commit(tenantId, sent)));
    }
    this.writing = false;
  }

  private async commit(tenantId: string, sent: SentMail[]): Promise<void> {
    try {
      await this.database.forTenantAsService(tenantId, (tx) => this.record(tx, sent));
      for (const { resolve } of sent) resolve();
    } catch (error) {
      for (const { reject } of sent) reject(error);
    }
  }

  private async record(tx: TenantTx, sent: SentMail[]): Promise<void> {
    const enrolments = await lockEnrolments(tx, sent.map(({ intent }) => intent.enrolment.id));
    const settled = await tx.query<{ id: string }>(SETTLE, [sent.map(({ intent }) => intent.activityId), sent.map(({ response }) => response)]);
    const won = new Set(settled.map(({ id }) => id));
    const intents = sent.map(({ intent }) => intent).filter(({ activityId }) => won.has(activityId));
    const messages = intents.map(({ enrolment: { id, campaignId, leadId }, messageId, subject }) => ({
      aggregateId: id,
      payload: { campaignId, leadId, channel: 'email', messageId, subject: subject.slice(0, 300) },
    }));
    await this.outbox.addMany(tx, messageSent, messages);
    await finishSteps(tx, this.outbox, intents.map(({ enrolment, step }) => ({ enrolment: enrolments.get(enrolment.id)!, step })));
  }
}
