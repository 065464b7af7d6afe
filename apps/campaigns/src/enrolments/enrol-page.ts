import { campaignStarted, leadEnrolled, type LeadView, type Page } from '#leadwire/contracts';
import type { TenantTx } from '#leadwire/database';
import { newId } from '#leadwire/kernel';
import type { Outbox } from '#leadwire/messaging';
import type { EnrolmentRun } from './enrolment-run.js';

const ENROL = `
  insert into campaign_leads (id, campaign_id, lead_id, first_name, last_name, email, company_name, title, linkedin_url, phone, lead_data)
  select (r.lead->>'enrolmentId')::uuid, $1, (r.lead->>'id')::uuid, r.lead->>'firstName', r.lead->>'lastName', lower(r.lead->>'email'),
    r.lead->>'companyName', r.lead->>'title', r.lead->>'linkedinUrl', r.lead->>'phone', r.lead - 'enrolmentId'
  from unnest($2::jsonb[]) with ordinality as r(lead, ord) order by r.ord
  on conflict (tenant_id, campaign_id, lead_id) do nothing
  returning id, lead_id as "leadId"`;

const MOVE_ON = `
  update enrolment_runs set cursor = $2, enrolled = $3, claimed_until = now(), finished_at = case when $4 then now() end
  where campaign_id = $1`;

/**
 * Enrols one page of a segment, with its events and the new cursor, in one transaction: after a crash the page is
 * either enrolled or read again. Of two that read the same page only the one that still holds the claim enrols it.
 */
export async function enrolPage(tx: TenantTx, outbox: Outbox, run: EnrolmentRun, claimedBy: string, page: Page<LeadView>): Promise<number> {
  const { campaignId, segment } = run;
  if (!(await lockRun(tx, campaignId, claimedBy))) return 0;
  const rows = await tx.query<{ id: string; leadId: string }>(ENROL, [campaignId, page.items.map(enrolmentData)]);
  const enrolled = run.enrolled + rows.length;
  const done = page.nextCursor === null || enrolled === segment.limit;
  await tx.query(MOVE_ON, [campaignId, page.nextCursor, enrolled, done]);
  await outbox.addMany(tx, leadEnrolled, rows.map(({ id, leadId }) => ({ aggregateId: id, payload: { campaignId, leadId, reason: null } })));
  if (done) await outbox.add(tx, campaignStarted, campaignId, { name: run.name, enrolled });
  return rows.length;
}

async function lockRun(tx: TenantTx, campaignId: string, claimedBy: string): Promise<boolean> {
  const held = await tx.query(
    `select 1 from enrolment_runs where campaign_id = $1 and claimed_by = $2 and finished_at is null for update`,
    [campaignId, claimedBy],
  );
  return held.length > 0;
}

// The lead's fields as they are now; its notes are no part of what a template may say.
function enrolmentData({ notes: _, ...lead }: LeadView): string {
  return JSON.stringify({ ...lead, enrolmentId: newId() });
}
