import type { TenantTx } from '#leadwire/database';
import { newId } from '#leadwire/kernel';
import type { DueStep } from './due-step.js';

const SKIP = `
  insert into campaign_lead_activities (id, campaign_id, campaign_lead_id, lead_id, step_id, channel, step_type, action_type,
    attempt, status, error_message, executed_at)
  values ($1, $2, $3, $4, $5, $6, $7, 'skip', $8, 'skipped', $9, now())`;

/** Logs that a step was not done, with the reason. */
export async function recordSkip(tx: TenantTx, { enrolment, step }: DueStep, reason: string): Promise<void> {
  const { id, campaignId, leadId, attempt } = enrolment;
  const channel = step.type === 'voice_agent_call' ? 'voice' : 'email';
  await tx.query(SKIP, [newId(), campaignId, id, leadId, step.id, channel, step.type, attempt, reason]);
}
