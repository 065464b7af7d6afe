import type { Database, Tx } from '#leadwire/database';
import type { ReceivedEvent } from '../received-event.js';
import { EVENT_COLUMNS, EVENT_TYPES, eventOfRow, eventValues, type EventRow, type ParkedEvent } from './parked-event.js';

/** An event to be parked behind what its aggregate has parked already. */
export interface Appended {
  readonly event: ReceivedEvent;
  readonly attempts: number;
  readonly error: string | null;
  /** If nothing stands before it. */
  readonly retryInMs: number;
}

/** A parked event that failed again. */
export interface FailedAgain {
  readonly parked: ParkedEvent;
  readonly attempts: number;
  readonly error: string;
  readonly retryInMs: number;
}

/** An aggregate of a tenant. */
export interface AggregateKey {
  readonly tenantId: string;
  readonly aggregateId: string;
}

interface KeyRow {
  readonly tenant_id: string;
  readonly aggregate_id: string;
}

const HEADS_AT_ONCE = 64;
const ROWS_AT_ONCE = 64;

const APPEND = `
  insert into parked_events (lane, consumer, ${EVENT_COLUMNS}, attempts, error, due_at)
  select $1::text, $2::text, ${EVENT_COLUMNS}, attempts, error,
         case when row_number() over (partition by tenant_id, aggregate_id order by ord) = 1 and not exists (
           select from parked_events b where b.lane = $1::text and b.tenant_id = g.tenant_id and b.aggregate_id = g.aggregate_id)
         then clock_timestamp() + wait * interval '1 ms' end
  from unnest(${[...EVENT_TYPES, 'int', 'text', 'float8'].map((type, i) => `$${i + 3}::${type}[]`).join(', ')})
    with ordinality as g(${EVENT_COLUMNS}, attempts, error, wait, ord)
  order by ord
  on conflict do nothing`;

const REMOVE = `delete from parked_events where lane = $1 and position = any($2::bigint[])`;

// Who stands first now is due at once. Answers the aggregates that still have somebody.
const ADVANCE = `
  update parked_events p set due_at = coalesce(p.due_at, clock_timestamp())
  from unnest($2::uuid[], $3::uuid[]) as k(tenant_id, aggregate_id), lateral (
    select position from parked_events n where n.lane = $1 and n.tenant_id = k.tenant_id and n.aggregate_id = k.aggregate_id
    order by position limit 1) first
  where p.position = first.position
  returning p.tenant_id, p.aggregate_id`;

const AGAIN = `
  update parked_events p set attempts = g.attempts, error = g.error, due_at = clock_timestamp() + g.wait * interval '1 ms'
  from unnest($2::bigint[], $3::int[], $4::text[], $5::float8[]) as g(position, attempts, error, wait)
  where p.lane = $1 and p.position = g.position`;

const RESOLVE = `
  update dead_letters set resolved_at = clock_timestamp(), resolution = 'retried'
  where consumer = $1 and (tenant_id, event_id) in (select * from unnest($2::uuid[], $3::uuid[])) and resolved_at is null`;

// Of an aggregate whose first was tried before, that first alone; else the first and those behind it.
const DUE = `
  select e.position, e.attempts, e.retried, ${EVENT_COLUMNS.split(', ').map((column) => `e.${column}`).join(', ')}
  from (
    select tenant_id, aggregate_id from parked_events
    where lane = $1 and due_at <= clock_timestamp() and not (tenant_id::text || '/' || aggregate_id::text) = any($2::text[])
    group by 1, 2 order by min(due_at) limit ${HEADS_AT_ONCE}) d
  cross join lateral (
    select attempts > 0 as tried, coalesce(due_at <= clock_timestamp(), true) as due from parked_events f
    where f.lane = $1 and f.tenant_id = d.tenant_id and f.aggregate_id = d.aggregate_id order by position limit 1) first
  cross join lateral (
    select * from parked_events n where n.lane = $1 and n.tenant_id = d.tenant_id and n.aggregate_id = d.aggregate_id
    order by position limit case when first.tried then 1 else ${ROWS_AT_ONCE} end) e
  where first.due
  order by e.position`;

const PARKED = `select distinct tenant_id, aggregate_id from parked_events where lane = $1`;

/** The parked events of one lane: a durable of a consumer. Across tenants, so by the platform role, in sets. */
export class ParkedEvents {
  constructor(
    readonly lane: string,
    private readonly consumer: string,
    private readonly database: Database,
  ) {}

  /** The aggregates that have parked events. */
  async aggregates(): Promise<AggregateKey[]> {
    return keysOf(await this.database.forPlatform((tx) => tx.query<KeyRow>(PARKED, [this.lane])));
  }

  /** The first of each aggregate that is due, with those behind it, in order; not of the aggregates named. */
  async due(except: string[]): Promise<ParkedEvent[]> {
    const rows = await this.database.forPlatform((tx) =>
      tx.query<EventRow & { position: string; attempts: number; retried: boolean }>(DUE, [this.lane, except]));
    return rows.map((row) => ({ position: row.position, attempts: row.attempts, retried: row.retried, event: eventOfRow(row) }));
  }

  /** Writes all of it in one transaction; answers which of the finished events' aggregates have others left. */
  write(finished: ParkedEvent[], again: FailedAgain[], appended: Appended[]): Promise<AggregateKey[]> {
    return this.database.forPlatform(async (tx) => {
      const left = finished.length > 0 ? await this.remove(tx, finished) : [];
      if (again.length > 0) await this.failAgain(tx, again);
      if (appended.length > 0) await this.append(tx, appended);
      return left;
    });
  }

  private async remove(tx: Tx, finished: ParkedEvent[]): Promise<AggregateKey[]> {
    await tx.query(REMOVE, [this.lane, finished.map((parked) => parked.position)]);
    const retried = finished.filter((parked) => parked.retried).map((parked) => parked.event);
    if (retried.length > 0) await tx.query(RESOLVE, [this.consumer, retried.map((event) => event.tenantId), retried.map((event) => event.id)]);
    const keys = [...new Map(finished.map(({ event }) => [`${event.tenantId}/${event.aggregateId}`, event])).values()];
    return keysOf(await tx.query<KeyRow>(ADVANCE, [this.lane, keys.map((key) => key.tenantId), keys.map((key) => key.aggregateId)]));
  }

  private async failAgain(tx: Tx, again: FailedAgain[]): Promise<void> {
    await tx.query(AGAIN, [
      this.lane, again.map(({ parked }) => parked.position), again.map(({ attempts }) => attempts),
      again.map(({ error }) => error), again.map(({ retryInMs }) => retryInMs),
    ]);
  }

  private async append(tx: Tx, appended: Appended[]): Promise<void> {
    const rows = appended.map(({ event, attempts, error, retryInMs }) => [...eventValues(event), attempts, error, retryInMs]);
    await tx.query(APPEND, [this.lane, this.consumer, ...rows[0]!.map((_, column) => rows.map((row) => row[column]))]);
  }
}

function keysOf(rows: KeyRow[]): AggregateKey[] {
  return rows.map((row) => ({ tenantId: row.tenant_id, aggregateId: row.aggregate_id }));
}
