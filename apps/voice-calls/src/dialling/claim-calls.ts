import { Database } from '#leadwire/database';
import { Injectable } from '@nestjs/common';
import { VoiceCallsConfig } from '../voice-calls.config.js';

/** Queued calls of one tenant, taken to be dialled. */
export interface ClaimedCalls {
  tenantId: string;
  callIds: string[];
}

// Claims of all replicas stand in one line, so that what they count is still true when they take. Waiting tenants take
// turns: a tenant's next call stands as far back as it has calls under way, however long its queue.
const LOCK = `select pg_advisory_xact_lock(hashtext('voice-calls.claim'))`;
const CLAIM = `
  with busy as (
    select tenant_id, count(*) as n from voice_call_logs
    where status in ('dialling', 'ringing', 'in_progress') or (status = 'queued' and claimed_until > clock_timestamp())
    group by tenant_id
  ), room as (
    select greatest(0, least($1 - coalesce((select sum(n) from busy), 0),
      $3 - (select count(*) from voice_call_logs where claimed_at > clock_timestamp() - interval '1 second'))) as n
  ), waiting as (
    select tenant_id from voice_call_logs where status = 'queued' group by tenant_id
  ), next as (
    select c.id, row_number() over (partition by tenant_id order by c.id) + coalesce(busy.n, 0) as place
    from waiting left join busy using (tenant_id)
    cross join lateral (
      select id from voice_call_logs q
      where q.tenant_id = waiting.tenant_id and q.status = 'queued' and q.carrier_sid is null
        and q.next_attempt_at <= clock_timestamp() and (q.claimed_until is null or q.claimed_until < clock_timestamp())
      order by q.id limit greatest(0, $2 - coalesce(busy.n, 0))
    ) c
  ), chosen as (
    select id from voice_call_logs where status = 'queued' and id in (
      select id from next order by place, id limit (select n from room)
    ) for update skip locked
  )
  update voice_call_logs set claimed_at = clock_timestamp(), claimed_until = clock_timestamp() + interval '30 seconds',
    reservation_status = case reservation_status when 'none' then 'asked' else reservation_status end
  where id in (select id from chosen)
  returning id, tenant_id`;

/** Takes as many queued calls as there are free lines, over all tenants and replicas. */
@Injectable()
export class ClaimCalls {
  constructor(
    private readonly database: Database,
    private readonly config: VoiceCallsConfig,
  ) {}

  async next(): Promise<ClaimedCalls[]> {
    const { maxConcurrentCalls, maxConcurrentCallsPerTenant, callsPerSecond } = this.config;
    const rows = await this.database.forPlatform(async (tx) => {
      await tx.query(LOCK);
      return tx.query<{ id: string; tenant_id: string }>(CLAIM, [maxConcurrentCalls, maxConcurrentCallsPerTenant, callsPerSecond]);
    });
    const byTenant = Map.groupBy(rows, (row) => row.tenant_id);
    return [...byTenant].map(([tenantId, own]) => ({ tenantId, callIds: own.map((row) => row.id) }));
  }
}
