import { CURRENT_TENANT } from '#leadwire/database';

/** What consumers keep besides the inbox: the events they gave up on. */
export const CONSUMERS = `
  create table dead_letters (
    id uuid primary key,
    tenant_id uuid not null default ${CURRENT_TENANT},
    consumer varchar(120) not null,
    event_id uuid not null,
    event_type varchar(120) not null,
    event_version int not null,
    aggregate_type varchar(60) not null,
    aggregate_id uuid not null,
    aggregate_sequence bigint not null,
    payload jsonb not null,
    error text not null,
    attempts int not null,
    occurred_at timestamptz not null,
    created_at timestamptz not null default clock_timestamp(),
    resolved_at timestamptz,
    unique (tenant_id, consumer, event_id)
  );
`;
