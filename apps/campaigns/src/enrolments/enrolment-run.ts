import type { Segment } from '#leadwire/contracts';
import type { Tx } from '#leadwire/database';

/** How far the segment of a started campaign was read. */
export interface EnrolmentRun {
  tenantId: string;
  campaignId: string;
  cursor: string | null;
  enrolled: number;
  name: string;
  segment: Segment;
}

const CLAIM = `
  update enrolment_runs r set claimed_until = now() + $2 * interval '1 millisecond', claimed_by = $1
  from campaigns c
  where c.id = r.campaign_id and r.campaign_id = (
    select campaign_id from enrolment_runs where finished_at is null and claimed_until <= now()
    order by claimed_until limit 1 for update skip locked)
  returning r.tenant_id as "tenantId", r.campaign_id as "campaignId", r.cursor, r.enrolled, c.name, c.segment`;

/** Claims a segment of which pages are still to be enrolled, of whichever tenant. */
export async function claimRun(tx: Tx, claimedBy: string, leaseMs: number): Promise<EnrolmentRun | undefined> {
  return (await tx.query<EnrolmentRun>(CLAIM, [claimedBy, leaseMs]))[0];
}

/** Gives a claimed run back, to be taken up again after a while. */
export async function giveRunBack(tx: Tx, campaignId: string, claimedBy: string, waitMs: number): Promise<void> {
  await tx.query(
    `update enrolment_runs set claimed_until = now() + $3 * interval '1 millisecond'
     where campaign_id = $1 and claimed_by = $2 and finished_at is null`,
    [campaignId, claimedBy, waitMs],
  );
}
