import type { TenantTx } from '#leadwire/database';
import { newId } from '#leadwire/kernel';
import type { ContactReferences } from '../contact/contact-references.js';
import { leadVariables } from '../templates/lead-variables.js';
import { renderTemplate } from '../templates/liquid-template.js';
import type { DueStep } from './due-step.js';
import type { MailIntent } from './mail-intent.js';

// A repeated attempt takes up its own row: one that found no server (deferred), or one found never to have arrived.
const STORE = `
  with begun as (
    update campaign_leads set status = 'active', started_at = coalesce(started_at, now()), updated_at = now() where id = $3
  )
  insert into campaign_lead_activities as a (id, campaign_id, campaign_lead_id, lead_id, step_id, channel, step_type,
    action_type, attempt, status, subject, message_content, reference)
  values ($1, $2, $3, $4, $5, 'email', $6, 'send', $7, 'queued', $8, $9, $10)
  on conflict (tenant_id, campaign_lead_id, step_id, attempt) where action_type in ('send', 'call')
  do update set resends = a.resends + case when a.status = 'queued' then 1 else 0 end, status = 'queued', unknown_since = null, updated_at = now()
    where a.status in ('queued', 'deferred')
  returning id as "activityId", subject, message_content as text, resends`;

type StoredRow = Pick<MailIntent, 'activityId' | 'subject' | 'text' | 'resends'>;

/** Renders the step's mail and stores the intent to send it; or says why it cannot be written. */
export async function storeMailIntent(tx: TenantTx, references: ContactReferences, due: DueStep): Promise<MailIntent | { hold: string }> {
  const { enrolment, step } = due;
  const { id, campaignId, leadId, attempt } = enrolment;
  const reference = { tenantId: tx.tenantId, enrolmentId: id };
  const written = write(due, references.unsubscribeUrl(reference));
  if ('hold' in written) return written;
  const messageId = references.messageId(reference, step.order, attempt);
  const [stored] = await tx.query<StoredRow>(STORE, [
    newId(), campaignId, id, leadId, step.id, step.type, attempt, written.subject, written.text, messageId,
  ]);
  if (!stored) throw new Error(`step ${step.id} of enrolment ${id} was acted on before`);
  return { tenantId: tx.tenantId, enrolment, step, attempt, messageId, to: enrolment.email!, unknownForMs: null, ...stored };
}

function write({ template, enrolment }: DueStep, unsubscribeUrl: string): { subject: string; text: string } | { hold: string } {
  if (!template) return { hold: 'the template is gone' };
  const variables = leadVariables({ ...enrolment.leadData, email: enrolment.email }, unsubscribeUrl);
  const subject = renderTemplate(template.subject, variables);
  if (!('text' in subject)) return { hold: reasonOf(subject) };
  const body = renderTemplate(template.body, variables);
  if (!('text' in body)) return { hold: reasonOf(body) };
  return { subject: oneLine(subject.text), text: body.text };
}

function reasonOf(unwritten: { missing: string } | { failed: string }): string {
  const reason = 'missing' in unwritten ? `missing variable ${unwritten.missing}` : `the template failed: ${unwritten.failed}`;
  return reason.slice(0, 300);
}

// A header field ends at a line break: a lead's field must not begin another.
function oneLine(text: string): string {
  return text.replace(/[\r\n\t]+/g, ' ').trim();
}
