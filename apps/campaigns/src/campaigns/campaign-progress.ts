import type { CampaignProgress } from '#leadwire/contracts';
import type { TenantTx } from '#leadwire/database';

const PROGRESS = `
  with asked as (select unnest($1::uuid[]) as campaign_id), stands as (
    select campaign_id, count(*) as enrolled,
      count(*) filter (where status in ('pending', 'active')) as active,
      count(*) filter (where status = 'waiting') as waiting,
      count(*) filter (where status = 'held') as held,
      count(*) filter (where status = 'completed') as completed,
      count(*) filter (where status = 'stopped') as stopped,
      count(*) filter (where status = 'failed') as failed
    from campaign_leads where campaign_id = any($1) group by campaign_id
  ), done as (
    select campaign_id,
      count(*) filter (where action_type = 'send' and status = 'sent') as mails_sent,
      count(*) filter (where action_type = 'call') as calls_requested,
      count(*) filter (where status = 'replied') as replies,
      count(*) filter (where status = 'unsubscribed') as unsubscribes
    from campaign_lead_activities where campaign_id = any($1) group by campaign_id
  )
  select campaign_id as id, coalesce(enrolled, 0)::int as enrolled, coalesce(active, 0)::int as active,
    coalesce(waiting, 0)::int as waiting, coalesce(held, 0)::int as held, coalesce(completed, 0)::int as completed,
    coalesce(stopped, 0)::int as stopped, coalesce(failed, 0)::int as failed, coalesce(mails_sent, 0)::int as "mailsSent",
    coalesce(calls_requested, 0)::int as "callsRequested", coalesce(replies, 0)::int as replies,
    coalesce(unsubscribes, 0)::int as unsubscribes
  from asked left join stands using (campaign_id) left join done using (campaign_id)`;

/** The progress of campaigns, by their id, counted from the rows themselves. */
export async function progressOf(tx: TenantTx, campaignIds: string[]): Promise<Map<string, CampaignProgress>> {
  const rows = await tx.query<CampaignProgress & { id: string }>(PROGRESS, [campaignIds]);
  return new Map(rows.map(({ id, ...progress }) => [id, progress]));
}
