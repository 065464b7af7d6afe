import { ContactProblems, messageReplied, type RawRequest } from '#leadwire/contracts';
import { Database, type TenantTx } from '#leadwire/database';
import { newId } from '#leadwire/kernel';
import { Outbox } from '#leadwire/messaging';
import type { Call } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';
import { CampaignsConfig } from '../campaigns.config.js';
import { endEnrolments, lockEnrolment } from '../enrolments/enrolment-moves.js';
import { parseInbound, type InboundMail } from '../mail/inbound-mail.js';
import { verifyInboundSignature } from '../mail/standard-webhook.js';
import { ContactReferences } from './contact-references.js';
import { answeredMessages, kindOfInbound } from './inbound-rules.js';

// The reference is the mail's own id: the same mail, however often and by whichever way it comes, is logged once.
const LOG = `
  insert into campaign_lead_activities (id, campaign_id, campaign_lead_id, lead_id, channel, step_type, action_type, status,
    subject, message_content, reference, executed_at)
  values ($1, $2, $3, $4, 'email', 'email_send', 'receive', $5, $6, $7, $8, now())
  on conflict do nothing returning id`;

/** Takes inbound mail from the mail server: an answer to one of ours ends its enrolment, a machine's answer is only logged. */
@Injectable()
export class ReceiveMail {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly references: ContactReferences,
    private readonly config: CampaignsConfig,
  ) {}

  async execute(call: Call<RawRequest>): Promise<void> {
    const raw = Buffer.from(call.input.rawBody, 'base64');
    const verdict = verifyInboundSignature(raw, call.input.headers, this.config.mailInboundSecret);
    if ('refused' in verdict) throw ContactProblems.badSignature();
    const mail = await parseInbound(raw);
    // What cannot be read, or answers nothing of ours, is none of our business: the server need not bring it again.
    if ('failed' in mail) return;
    const reference = answeredMessages(mail).map((id) => this.references.openMessageId(id)).find(Boolean);
    if (!reference) return;
    await this.database.forTenantAsService(reference.tenantId, (tx) => this.take(tx, reference.enrolmentId, mail, verdict.id));
  }

  private async take(tx: TenantTx, enrolmentId: string, mail: InboundMail, webhookId: string): Promise<void> {
    const enrolment = await lockEnrolment(tx, enrolmentId);
    if (!enrolment) return;
    const { campaignId, leadId } = enrolment;
    const messageId = (mail.messageId ?? webhookId).slice(0, 500);
    const status = kindOfInbound(mail);
    const [subject, text] = [mail.subject, mail.text].map((part) => part.replaceAll('\0', ''));
    const logged = await tx.query(LOG, [newId(), campaignId, enrolmentId, leadId, status, subject, text, messageId]);
    if (logged.length === 0 || status !== 'replied') return;
    await this.outbox.add(tx, messageReplied, enrolmentId, { campaignId, leadId, channel: 'email', messageId, subject: subject!.slice(0, 300) });
    await endEnrolments(tx, this.outbox, [enrolment], 'stopped', 'replied');
  }
}
