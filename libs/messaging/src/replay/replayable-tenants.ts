import type { Tx } from '#leadwire/database';
import type { ReplayRequest } from './start-replay.js';

// Steps from tenant to tenant along the inbox's key: a day's partition may hold millions of rows of a few tenants.
const TENANTS = `
  with recursive tenants as (
    (select tenant_id from inbox order by tenant_id limit 1)
    union all
    select (select i.tenant_id from inbox i where i.tenant_id > t.tenant_id order by i.tenant_id limit 1)
    from tenants t where t.tenant_id is not null
  )
  select tenant_id as id from tenants t where tenant_id is not null and exists (
    select from inbox i where i.tenant_id = t.tenant_id and i.consumer = $1 and ($2::text is null or i.event_type = $2)
      and ($3::timestamptz is null or i.occurred_at >= $3) and ($4::timestamptz is null or i.occurred_at < $4))`;

/** The tenants of whom a consumer has dealt with events that fit: whom a replay of it can be for. In the platform's transaction. */
export async function replayableTenants(tx: Tx, request: Pick<ReplayRequest, 'consumer' | 'type' | 'from' | 'to'>): Promise<string[]> {
  const { consumer, type, from, to } = request;
  const rows = await tx.query<{ id: string }>(TENANTS, [consumer, type ?? null, from ?? null, to ?? null]);
  return rows.map((row) => row.id);
}
