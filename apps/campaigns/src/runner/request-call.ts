import { callRequested } from '#leadwire/contracts';
import type { TenantTx } from '#leadwire/database';
import { newId } from '#leadwire/kernel';
import type { Outbox } from '#leadwire/messaging';
import type { DueStep } from './due-step.js';

const REQUEST = `
  insert into campaign_lead_activities (id, campaign_id, campaign_lead_id, lead_id, step_id, channel, step_type, action_type,
    attempt, status)
  values ($1, $2, $3, $4, $5, 'voice', $6, 'call', $7, 'requested')`;
const AWAIT_CALL = `
  update campaign_leads set status = 'waiting', due_at = null, claimed_by = null, claimed_until = null,
    started_at = coalesce(started_at, now()), updated_at = now() where id = $1`;

/** Asks for a call by an event, in the transaction of its activity; the enrolment waits for the call's end. */
export async function requestCall(tx: TenantTx, outbox: Outbox, { enrolment, step }: DueStep): Promise<undefined> {
  const { id, campaignId, leadId, phone, attempt, leadData } = enrolment;
  await tx.query(REQUEST, [newId(), campaignId, id, leadId, step.id, step.type, attempt]);
  await tx.query(AWAIT_CALL, [id]);
  await outbox.add(tx, callRequested, id, {
    campaignId,
    stepId: step.id,
    leadId,
    to: phone!,
    leadName: [leadData.firstName, leadData.lastName].filter(Boolean).join(' ').slice(0, 200) || null,
    companyName: leadData.companyName ?? null,
    agentId: String(step.config.agentId),
    fromNumberId: String(step.config.fromNumberId),
  });
}
