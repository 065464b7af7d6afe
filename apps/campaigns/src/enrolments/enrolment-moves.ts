import { enrolmentCompleted, enrolmentStopped, stepExecuted, type DomainEvent, type StepFact } from '#leadwire/contracts';
import type { TenantTx } from '#leadwire/database';
import type { Outbox } from '#leadwire/messaging';
import { hasEnded } from './enrolment-status.js';

/** An enrolment, its row locked. */
export interface LockedEnrolment {
  id: string;
  campaignId: string;
  leadId: string;
  status: string;
  currentStepOrder: number;
}

/** A step as far as moving on needs it. */
export interface StepReference {
  id: string;
  type: string;
  order: number;
  isLast: boolean;
}

const FIELDS = `id, campaign_id as "campaignId", lead_id as "leadId", status, current_step_order as "currentStepOrder"`;

const ADVANCE = `
  update campaign_leads set current_step_order = current_step_order + 1, attempt = 1, status = 'active', due_at = now(),
    claimed_by = null, claimed_until = null, started_at = coalesce(started_at, now()), updated_at = now()
  where id = $1`;
const COMPLETE = `
  update campaign_leads set status = 'completed', reason = null, due_at = null, claimed_by = null, claimed_until = null,
    started_at = coalesce(started_at, now()), completed_at = now(), updated_at = now()
  where id = $1`;
const REST = `update campaign_leads set due_at = null, claimed_by = null, claimed_until = null where id = $1`;

// A mail that is on its way when its enrolment ends keeps its timer: what became of it is still found out.
const END = `
  update campaign_leads cl set status = $2, reason = $3, completed_at = now(), updated_at = now(),
    due_at = case when exists (select 1 from campaign_lead_activities a where a.tenant_id = cl.tenant_id
      and a.campaign_lead_id = cl.id and a.action_type = 'send' and a.status = 'queued') then coalesce(cl.due_at, now()) end
  where id = any($1)`;

/** Locks an enrolment: whoever changes one holds this lock first, so that stops and touches come one after the other. */
export async function lockEnrolment(tx: TenantTx, id: string): Promise<LockedEnrolment | undefined> {
  return (await tx.query<LockedEnrolment>(`select ${FIELDS} from campaign_leads where id = $1 for update`, [id]))[0];
}

/** Locks, in the order of their ids, the enrolments of a person (by address or lead) that have not ended. */
export function lockOpenEnrolmentsOf(tx: TenantTx, address: string, leadId: string): Promise<LockedEnrolment[]> {
  return tx.query(
    `select ${FIELDS} from campaign_leads where (lower(email) = $1 or lead_id = $2)
     and status not in ('completed', 'stopped', 'failed') order by id for update`,
    [address, leadId],
  );
}

/** Tells that a step is done (or was skipped) and moves the enrolment on; one that ended meanwhile stays where it is. */
export async function finishStep(
  tx: TenantTx,
  outbox: Outbox,
  enrolment: LockedEnrolment,
  step: StepReference,
  reason: string | null = null,
  event: DomainEvent<StepFact> = stepExecuted,
): Promise<void> {
  const { id, campaignId, leadId, status, currentStepOrder } = enrolment;
  await outbox.add(tx, event, id, { campaignId, leadId, stepId: step.id, stepType: step.type, reason });
  if (hasEnded(status)) await tx.query(REST, [id]);
  else if (currentStepOrder !== step.order) return;
  else if (!step.isLast) await tx.query(ADVANCE, [id]);
  else {
    await tx.query(COMPLETE, [id]);
    await outbox.add(tx, enrolmentCompleted, id, { campaignId, leadId, reason: null });
  }
}

/** Ends locked enrolments before their last step, with the reason; those that have ended stay as they are. */
export async function endEnrolments(
  tx: TenantTx,
  outbox: Outbox,
  enrolments: LockedEnrolment[],
  status: 'stopped' | 'failed',
  reason: string,
): Promise<void> {
  const open = enrolments.filter((enrolment) => !hasEnded(enrolment.status));
  if (open.length === 0) return;
  await tx.query(END, [open.map(({ id }) => id), status, reason]);
  const entries = open.map(({ id, campaignId, leadId }) => ({ aggregateId: id, payload: { campaignId, leadId, reason } }));
  await outbox.addMany(tx, enrolmentStopped, entries);
}
