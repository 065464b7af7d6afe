import { Database } from '#leadwire/database';
import { Injectable } from '@nestjs/common';
import { VoiceCallsConfig } from '../voice-calls.config.js';

/** Queued calls of one tenant, taken to be dialled. */
export interface ClaimedCalls {
  tenantId: string;
  callIds: string[];
}

// Claims of all replicas stand in one line, so that what they count is still true when they take. Waiting tenants take
// turns: a tenant's next call stands as far back as it has calls under way, however long its queue. Who waits is found
// tenant by tenant along the index, and a queue is read from its head, so that its length costs nothing
// (statement_timestamp() stands still within the statement, as an index condition must).
const LOCK = `select pg_advisory_xact_lock(hashtext('voice-calls.claim'))`;
const CLAIM = `
  with recursive busy as (
    select tenant_id, count(*) as n from (
      select tenant_id from voice_call_logs where status in ('dialling', 'ringing', 'in_progress')
      union all
      select tenant_id from voice_call_logs where status = 'queued' and claimed_until > statement_timestamp()
    ) lines group by tenant_id
  ), room as (
    select greatest(0, least($1 - coalesce((select sum(n) from busy), 0),
      $3 - (select count(*) from voice_call_logs where claimed_at > statement_timestamp() - interval '1 second'))) as n
  ), waiting as (
    (select tenant_id from voice_call_logs where status = 'queued' order by tenant_id limit 1)
    union all
    select (select tenant_id from voice_call_logs q where status = 'queued' and q.tenant_id > waiting.tenant_id order by tenant_id limit 1)
    from waiting where tenant_id is not null
  ), next as (
    select c.id, c.next_attempt_at, row_number() over (partition by tenant_id order by c.next_attempt_at, c.id) + coalesce(busy.n, 0) as place
    from (select tenant_id from waiting where tenant_id is not null) waiting left join busy using (tenant_id)
    cross join lateral (
      select id, next_attempt_at from voice_call_logs q
      where q.tenant_id = waiting.tenant_id and q.status = 'queued' and q.carrier_sid is null
        and q.next_attempt_at <= statement_timestamp() and (q.claimed_until is null or q.claimed_until < statement_timestamp())
      order by q.next_attempt_at, q.id limit greatest(0, $2 - coalesce(busy.n, 0))
    ) c
  ), chosen as (
    select id from voice_call_logs where status = 'queued' and id in (
      select id from next order by place, next_attempt_at limit (select n from room)
    ) for update skip locked
  )
  update voice_call_logs set claimed_at = statement_timestamp(), claimed_until = statement_timestamp() + interval '30 seconds',
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
