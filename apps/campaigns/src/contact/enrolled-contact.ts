import type { TenantTx } from '#leadwire/database';

/** To whom an enrolment's mail went. */
export interface EnrolledContact {
  campaignId: string;
  leadId: string;
  /** Lower case. */
  address: string;
}

/** The address an enrolment wrote to; undefined when there is none. */
export async function findEnrolledContact(tx: TenantTx, enrolmentId: string): Promise<EnrolledContact | undefined> {
  const [contact] = await tx.query<EnrolledContact>(
    `select campaign_id as "campaignId", lead_id as "leadId", lower(email) as address from campaign_leads
     where id = $1 and email is not null`,
    [enrolmentId],
  );
  return contact;
}
