import type { TenantTx } from '#leadwire/database';
import type { StepConfig } from '../campaigns/step-config.js';
import type { LockedEnrolment, StepReference } from '../enrolments/enrolment-moves.js';
import type { LeadData } from '../templates/lead-variables.js';

/** The intent of a mail, as it is stored before the mail leaves. */
export interface StoredIntent {
  id: string;
  status: string;
  attempt: number;
  messageId: string;
  subject: string;
  text: string;
  resends: number;
  /** Since when it has been asked for in vain; null when nobody has asked yet. */
  unknownForMs: number | null;
}

/** An enrolment whose turn has come, its step, and what was done of that step before. */
export interface DueStep {
  enrolment: LockedEnrolment & { email: string | null; phone: string | null; attempt: number; leadData: LeadData };
  campaignStatus: string;
  step: StepReference & { config: StepConfig };
  template: { subject: string; body: string } | null;
  suppressed: boolean;
  intent: StoredIntent | null;
}

interface DueRow extends LockedEnrolment {
  email: string | null;
  phone: string | null;
  attempt: number;
  leadData: LeadData;
  campaignStatus: string;
  stepId: string;
  stepType: string;
  config: StepConfig;
  isLast: boolean;
  subject: string | null;
  body: string | null;
}

// "for share of c": a pause waits for the touches that began before it, and a touch that begins after it sees it.
const DUE = `
  select cl.id, cl.campaign_id as "campaignId", cl.lead_id as "leadId", cl.status, cl.current_step_order as "currentStepOrder",
    cl.email, cl.phone, cl.attempt, cl.lead_data as "leadData", c.status as "campaignStatus",
    s.id as "stepId", s.type as "stepType", s.config, t.subject, t.body,
    not exists (select 1 from campaign_steps n where n.campaign_id = s.campaign_id and n."order" = s."order" + 1) as "isLast"
  from campaign_leads cl
  join campaigns c on c.id = cl.campaign_id
  join campaign_steps s on s.campaign_id = cl.campaign_id and s."order" = cl.current_step_order
  left join communication_templates t on t.id = s.template_id
  where cl.id = $1 and cl.claimed_by = $2
  for update of cl for share of c`;

// A statement of its own, after the locks: it sees what those who held them before have committed.
const BEFORE = `
  select exists (select 1 from suppressions where address = any($1)) as suppressed, (
    select json_build_object('id', id, 'status', status, 'attempt', attempt, 'messageId', reference, 'subject', subject,
      'text', message_content, 'resends', resends, 'unknownForMs', extract(epoch from now() - unknown_since) * 1000)
    from campaign_lead_activities where campaign_lead_id = $2 and step_id = $3 and action_type = 'send'
    order by attempt desc limit 1) as intent`;

/** Reads and locks an enrolment whose turn has come; undefined when this process no longer holds its claim. */
export async function lockDueStep(tx: TenantTx, enrolmentId: string, claimedBy: string): Promise<DueStep | undefined> {
  const [row] = await tx.query<DueRow>(DUE, [enrolmentId, claimedBy]);
  if (!row) return undefined;
  const addresses = [row.email?.toLowerCase(), row.phone].filter(Boolean);
  const [before] = await tx.query<Pick<DueStep, 'suppressed' | 'intent'>>(BEFORE, [addresses, row.id, row.stepId]);
  const { campaignStatus, stepId, stepType, config, isLast, subject, body, ...enrolment } = row;
  const step = { id: stepId, type: stepType, order: row.currentStepOrder, isLast, config };
  const template = subject !== null && body !== null ? { subject, body } : null;
  return { enrolment, campaignStatus, step, template, ...before! };
}
