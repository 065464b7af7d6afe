import { serviceSchema } from '#leadwire/database';
import pg from 'pg';
import { endConnection } from '../end-connection.js';
import { At, OUTBOX_COLUMNS, type OutboxRow } from './outbox-row.js';

/** Events claimed at once, and copied to the express lane at once. */
export const BATCH = 500;
/** Urgent events looked at in one claim of them. */
export const URGENT_AT_ONCE = 100;

// What is not committed is not visible, and what is visible of an aggregate is its next events without a gap: its
// counter is locked until commit (see `outbox_add`). So the smallest unpublished positions are safe to send as they stand.
const CLAIM = `
  select pg_snapshot_xmin(s.now)::text, pg_snapshot_xmax(s.now)::text, e.*
  from (select pg_current_snapshot() as now) s left join lateral (
    select ${OUTBOX_COLUMNS} from domain_events e
    where not e.processed and e.position > $1 and e.position <> all ($2::bigint[])
    order by e.position limit ${BATCH}
  ) e on true order by e.position`;

// An urgent event brings with it every earlier event of its aggregate that was not copied before: the express lane holds
// an aggregate's events without a gap, so a consumer that reads both lanes meets them in order on each.
const CLAIM_URGENT = `
  with urgent as materialized (
    select position, tenant_id, aggregate_type, aggregate_id, aggregate_sequence from domain_events
    where urgent and not expressed order by position limit ${URGENT_AT_ONCE}
  ), wanted as (
    select tenant_id, aggregate_type, aggregate_id, max(aggregate_sequence) as up_to, min(position) as first from urgent group by 1, 2, 3
  )
  select e.* from wanted w
  left join expressed_sequences s using (tenant_id, aggregate_type, aggregate_id)
  cross join lateral (
    select w.first, ${OUTBOX_COLUMNS} from domain_events e
    where e.tenant_id = w.tenant_id and e.aggregate_id = w.aggregate_id and e.aggregate_type = w.aggregate_type
      and e.aggregate_sequence > coalesce(s.sequence, 0) and e.aggregate_sequence <= w.up_to
    order by e.aggregate_sequence limit ${BATCH}
  ) e order by e.first, e.aggregate_sequence limit ${BATCH}`;

// The range of ids tells which days have to be looked at.
const MARK = `
  update domain_events set processed = true, processed_at = clock_timestamp()
  where not processed and position = any ($1::bigint[]) and id >= $2 and id <= $3`;

// The id is compared too: a database that was restored may have given the position to another event since. An event may
// be found on both lanes at once, and is one row here: an update takes one of two that match. A copy of an event that is
// not urgent itself is noted by its aggregate's number, or it would be copied once more.
const MARK_FOUND = `
  with found as materialized (
    select e.position, e.id, e.tenant_id, e.aggregate_type, e.aggregate_id, e.aggregate_sequence,
           bool_or(f.express) as express, bool_or(not f.express) as main
    from unnest($1::bigint[], $2::uuid[], $3::boolean[]) as f(position, id, express)
    join domain_events e on e.position = f.position and e.id = f.id and e.id >= $4 and e.id <= $5
    group by 1, 2, 3, 4, 5, 6
  ), counted as (
    insert into expressed_sequences as s (tenant_id, aggregate_type, aggregate_id, sequence)
    select tenant_id, aggregate_type, aggregate_id, max(aggregate_sequence) from found where express group by 1, 2, 3
    on conflict (tenant_id, aggregate_type, aggregate_id) do update set sequence = excluded.sequence
      where s.sequence < excluded.sequence
    returning 1
  ), marked as (
    update domain_events e set processed = e.processed or f.main, expressed = e.expressed or (e.urgent and f.express),
      processed_at = case when f.main then clock_timestamp() else e.processed_at end
    from found f
    where e.position = f.position and e.id = f.id and e.id >= $4 and e.id <= $5
      and (f.main and not e.processed or f.express and e.urgent and not e.expressed)
    returning 1
  )
  select (select count(*) from counted)::int + (select count(*) from marked)::int`;

const MARK_EXPRESSED = `
  with copied as (select * from unnest($1::uuid[], $2::text[], $3::uuid[], $4::bigint[]) as c(tenant_id, aggregate_type, aggregate_id, sequence)),
  counted as (
    insert into expressed_sequences as s (tenant_id, aggregate_type, aggregate_id, sequence)
    select tenant_id, aggregate_type, aggregate_id, max(sequence) from copied group by 1, 2, 3
    on conflict (tenant_id, aggregate_type, aggregate_id) do update set sequence = greatest(s.sequence, excluded.sequence)
  )
  update domain_events set expressed = true where urgent and not expressed and position = any ($5::bigint[])`;

const RETRIED = `update domain_events set retry_count = retry_count + 1 where not processed and position = $1`;

/** What a claim found: unpublished events in order, and how far back the look reached. */
export interface Claim {
  readonly rows: OutboxRow[];
  readonly xmin: bigint;
  readonly xmax: bigint;
}

/** An event found on the stream. */
export interface FoundEvent {
  readonly position: string;
  readonly id: string;
  readonly express: boolean;
}

/** The relay's own connection to the outbox, as the platform role: it sees the events of every tenant. */
export class OutboxSession {
  private constructor(private readonly client: pg.Client) {}

  /** @throws when the database cannot be reached. */
  static async open(url: string, service: string, onLost: (error: Error) => void): Promise<OutboxSession> {
    const { schema, platformRole } = serviceSchema(service);
    const client = new pg.Client({
      connectionString: url,
      application_name: `leadwire-${service}-relay`,
      connectionTimeoutMillis: 5_000,
      query_timeout: 15_000,
      keepAlive: true,
      // A mark that a crash of the server loses is found again on the stream (see PublishedTail): it need not wait for the
      // disk. The rest keeps the planner walking the indexes in their order while the table's statistics are old: to sort a
      // backlog for each claim would take longer than all else.
      options: `-c role=${platformRole} -c search_path=${schema} -c synchronous_commit=off -c enable_seqscan=off -c enable_bitmapscan=off -c enable_sort=off -c jit=off -c plan_cache_mode=force_generic_plan -c statement_timeout=15000`,
    });
    client.on('error', onLost);
    await client.connect();
    return new OutboxSession(client);
  }

  /** The next unpublished events after `floor`, without those in flight. */
  async claim(floor: bigint, inFlight: readonly string[]): Promise<Claim> {
    const found = await this.rows('claim', CLAIM, [floor.toString(), inFlight]);
    const [first] = found as string[][];
    const rows = found.filter((row) => row[2] !== null).map((row) => row.slice(2) as unknown as OutboxRow);
    return { rows, xmin: BigInt(first![0]!), xmax: BigInt(first![1]!) };
  }

  /** Urgent events not yet copied to the express lane, each behind its aggregate's earlier ones, at most 500. */
  async claimUrgent(): Promise<OutboxRow[]> {
    const found = await this.rows('claim-urgent', CLAIM_URGENT, []);
    return found.map((row) => row.slice(1) as unknown as OutboxRow);
  }

  /** Notes events as published. */
  async mark(rows: readonly OutboxRow[]): Promise<void> {
    const [least, greatest] = range(rows.map((row) => row[At.id]));
    await this.rows('mark', MARK, [rows.map((row) => row[At.position]), least, greatest]);
  }

  /** Notes which copies the express lane has. */
  async markExpressed(rows: readonly OutboxRow[]): Promise<void> {
    const column = (at: keyof typeof At): unknown[] => rows.map((row) => row[At[at]]);
    await this.rows('mark-expressed', MARK_EXPRESSED, [column('tenantId'), column('aggregateType'), column('aggregateId'), column('sequence'), column('position')]);
  }

  /** Notes what was found on the stream; answers how many of them had not been noted before. */
  async markFound(events: readonly FoundEvent[]): Promise<number> {
    if (events.length === 0) return 0;
    const ids = events.map(({ id }) => id);
    const values = [events.map(({ position }) => position), ids, events.map(({ express }) => express), ...range(ids)];
    const [row] = (await this.rows('mark-found', MARK_FOUND, values)) as [[number]];
    return row[0];
  }

  /** Commits what the work notes together, or nothing of it. */
  async atOnce<T>(work: () => Promise<T>): Promise<T> {
    await this.client.query('begin');
    try {
      const result = await work();
      await this.client.query('commit');
      return result;
    } catch (error) {
      await this.client.query('rollback').catch(() => undefined);
      throw error;
    }
  }

  /** Counts an attempt that the stream refused. */
  async retried(row: OutboxRow): Promise<void> {
    await this.rows('retried', RETRIED, [row[At.position]]);
  }

  async close(): Promise<void> {
    await endConnection(this.client);
  }

  private async rows(name: string, text: string, values: unknown[]): Promise<unknown[][]> {
    return (await this.client.query({ name, text, values, rowMode: 'array' })).rows;
  }
}

function range(ids: readonly string[]): [string, string] {
  let [least, greatest] = [ids[0]!, ids[0]!];
  for (const id of ids) {
    if (id < least) least = id;
    if (id > greatest) greatest = id;
  }
  return [least, greatest];
}
