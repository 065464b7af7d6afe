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
  where id = any($1)`;
const COMPLETE = `
  update campaign_leads set status = 'completed', reason = null, due_at = null, claimed_by = null, claimed_until = null,
    started_at = coalesce(started_at, now()), completed_at = now(), updated_at = now()
  where id = any($1)`;
const REST = `update campaign_leads set due_at = null, claimed_by = null, claimed_until = null where id = any($1)`;

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

/** Locks enrolments in the order of their ids, and answers them by id. */
export async function lockEnrolments(tx: TenantTx, ids: string[]): Promise<Map<string, LockedEnrolment>> {
  const rows = await tx.query<LockedEnrolment>(`select ${FIELDS} from campaign_leads where id = any($1) order by id for update`, [ids]);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Tells that a step is done (or was skipped, by another event) and moves its enrolment on. */
export function finishStep(
  tx: TenantTx,
  outbox: Outbox,
  enrolment: LockedEnrolment,
  step: StepReference,
  reason: string | null = null,
  event: DomainEvent<StepFact> = stepExecuted,
): Promise<void> {
  return finishSteps(tx, outbox, [{ enrolment, step }], reason, event);
}

/** As `finishStep`, for steps of many enrolments. One that ended meanwhile stays where it is, and its timer ends. */
export async function finishSteps(
  tx: TenantTx,
  outbox: Outbox,
  done: { enrolment: LockedEnrolment; step: StepReference }[],
  reason: string | null = null,
  event: DomainEvent<StepFact> = stepExecuted,
): Promise<void> {
  const facts = done.map(({ enrolment: { id, campaignId, leadId }, step }) => ({
    aggregateId: id,
    payload: { campaignId, leadId, stepId: step.id, stepType: step.type, reason },
  }));
  await outbox.addMany(tx, event, facts);
  const moves = Map.groupBy(done, ({ enrolment, step }) => moveAfter(enrolment, step));
  const enrolmentsTo = (where: Move) => (moves.get(where) ?? []).map(({ enrolment }) => enrolment);
  await move(tx, REST, enrolmentsTo('rest'));
  await move(tx, ADVANCE, enrolmentsTo('advance'));
  await move(tx, COMPLETE, enrolmentsTo('complete'));
  const completed = enrolmentsTo('complete').map(({ id, campaignId, leadId }) => ({ aggregateId: id, payload: { campaignId, leadId, reason: null } }));
  await outbox.addMany(tx, enrolmentCompleted, completed);
}

type Move = 'rest' | 'stay' | 'advance' | 'complete';

function moveAfter({ status, currentStepOrder }: LockedEnrolment, step: StepReference): Move {
  if (hasEnded(status)) return 'rest';
  if (currentStepOrder !== step.order) return 'stay';
  return step.isLast ? 'complete' : 'advance';
}

async function move(tx: TenantTx, sql: string, enrolments: LockedEnrolment[]): Promise<void> {
  if (enrolments.length > 0) await tx.query(sql, [enrolments.map(({ id }) => id)]);
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
