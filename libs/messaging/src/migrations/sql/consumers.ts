import { CURRENT_TENANT } from '#leadwire/database';

// What running an event again takes, wherever it is kept.
const EVENT = `
    tenant_id uuid not null default ${CURRENT_TENANT},
    consumer varchar(120) not null,
    event_id uuid not null,
    event_type varchar(120) not null,
    event_version int not null,
    aggregate_type varchar(60) not null,
    aggregate_id uuid not null,
    aggregate_sequence bigint not null,
    payload jsonb not null,
    trace jsonb not null default '{}',
    occurred_at timestamptz not null`;

/**
 * What consumers keep besides the inbox: events that wait behind one that failed, those given up on, which consumers
 * pause, and what is handled once more. A lane is a durable; in it `position` is an aggregate's order, and `due_at` stands
 * at the first of an aggregate's only.
 */
export const CONSUMERS = `
  create table parked_events (
    position bigint generated always as identity primary key,
    lane varchar(200) not null,${EVENT},
    attempts int not null default 0,
    error text,
    retried boolean not null default false,
    due_at timestamptz,
    created_at timestamptz not null default clock_timestamp(),
    unique (tenant_id, lane, event_id)
  );
  create index parked_events_order on parked_events (lane, tenant_id, aggregate_id, position);
  create index parked_events_due on parked_events (lane, due_at) where due_at is not null;
  create table dead_letters (
    id uuid primary key,
    lane varchar(200) not null,${EVENT},
    error text not null,
    attempts int not null,
    created_at timestamptz not null default clock_timestamp(),
    resolved_at timestamptz,
    resolution varchar(20),
    discard_reason varchar(500),
    unique (tenant_id, consumer, event_id)
  );
  create index dead_letters_latest on dead_letters (tenant_id, id desc);
  create table paused_consumers (
    consumer varchar(120) primary key,
    paused_at timestamptz not null default clock_timestamp()
  );
  create table replays (
    id uuid primary key,
    tenant_id uuid not null default ${CURRENT_TENANT},
    consumer varchar(120) not null,
    aggregate_type varchar(60),
    aggregate_id uuid,
    event_type varchar(120),
    from_at timestamptz,
    to_at timestamptz,
    effects varchar(20) not null,
    state varchar(20) not null default 'running',
    total bigint not null default 0,
    replayed bigint not null default 0,
    suppressed bigint not null default 0,
    error text,
    positions jsonb not null default '{}',
    started_at timestamptz not null default clock_timestamp(),
    ended_at timestamptz
  );
  create index replays_tenant on replays (tenant_id, id);
  create index replays_running on replays (id) where state = 'running';
`;
