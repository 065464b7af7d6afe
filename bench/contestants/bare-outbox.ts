import type pg from 'pg';
import { newId } from '#leadwire/kernel';
import { payloadOf, pieces, type BenchEvent } from '../servers/bench-event.js';

// The columns of the library's own outbox, and only the indexes that claiming and marking need.
const TABLE = `
  create schema if not exists bare;
  drop table if exists bare.domain_events;
  create table bare.domain_events (
    position bigint generated always as identity primary key,
    id uuid not null,
    tenant_id uuid not null,
    event_type varchar(120) not null,
    event_version int not null,
    aggregate_type varchar(60) not null,
    aggregate_id uuid not null,
    aggregate_sequence bigint not null,
    payload jsonb not null,
    processed boolean not null default false,
    processed_at timestamptz,
    retry_count int not null default 0,
    metadata jsonb not null default '{}',
    created_at timestamptz not null default clock_timestamp()
  );
  create index domain_events_unpublished on bare.domain_events (position) where not processed`;

const INSERT = `
  insert into bare.domain_events (id, tenant_id, event_type, event_version, aggregate_type, aggregate_id, aggregate_sequence, payload)
  select id, $1, 'leads.journey.stepped', 1, 'journey', aggregate_id, n, payload
  from unnest($2::uuid[], $3::uuid[], $4::bigint[], $5::jsonb[]) with ordinality as given (id, aggregate_id, n, payload, place) order by place`;

/** A row as the bare relay reads it. */
export interface BareRow {
  position: string;
  id: string;
  tenant_id: string;
  event_type: string;
  event_version: number;
  aggregate_type: string;
  aggregate_id: string;
  aggregate_sequence: string;
  payload: string;
  created_at: Date;
}

/** The columns of a BareRow. */
export const BARE_COLUMNS = `position, id, tenant_id, event_type, event_version, aggregate_type, aggregate_id, aggregate_sequence, payload::text as payload, created_at`;

/** An outbox table and nothing around it. */
export class BareOutbox {
  private readonly tenantId = newId();

  constructor(private readonly sql: pg.Pool) {}

  async make(): Promise<void> {
    await this.sql.query(TABLE);
  }

  /** Writes events in transactions of 1,000. */
  async fill(events: readonly BenchEvent[]): Promise<void> {
    for (const piece of pieces(events, 1_000)) await this.insert(piece);
  }

  /** Writes events in one transaction. */
  async insert(events: readonly BenchEvent[], client: pg.Pool | pg.PoolClient = this.sql): Promise<void> {
    const values = [this.tenantId, events.map(({ id }) => id), events.map(({ aggregateId }) => aggregateId), events.map(({ n }) => n)];
    await client.query({ name: 'bare-insert', text: INSERT, values: [...values, events.map((event) => JSON.stringify(payloadOf(event)))] });
  }

  async unpublished(): Promise<number> {
    const { rows } = await this.sql.query<{ n: number }>('select count(*)::int as n from bare.domain_events where not processed');
    return rows[0]!.n;
  }
}
