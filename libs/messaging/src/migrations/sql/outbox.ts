import { CURRENT_TENANT } from '#leadwire/database';

/**
 * The outbox. Partitioned by the day in its UUIDv7 id, so that days leave whole; ids of no kept day stand in `_rest`.
 * `position` is the order in which the relay reads.
 */
export const OUTBOX = `
  create sequence domain_events_position cache 1;
  create table domain_events (
    position bigint not null default nextval('domain_events_position'),
    id uuid not null,
    tenant_id uuid not null default ${CURRENT_TENANT},
    event_type varchar(120) not null,
    event_version int not null,
    aggregate_type varchar(60) not null,
    aggregate_id uuid not null,
    aggregate_sequence bigint not null,
    payload jsonb not null,
    processed boolean not null default false,
    processed_at timestamptz,
    retry_count int not null default 0,
    urgent boolean not null default false,
    expressed boolean not null default false,
    metadata jsonb not null default '{}',
    created_at timestamptz not null default clock_timestamp()
  ) partition by range (id);
  create index domain_events_unpublished on domain_events (position) where not processed;
  create index domain_events_urgent on domain_events (position) where urgent and not expressed;
  create index domain_events_aggregate on domain_events (tenant_id, aggregate_id, aggregate_sequence);
  create table domain_events_rest partition of domain_events default;
  create table aggregate_sequences (
    tenant_id uuid not null default ${CURRENT_TENANT},
    aggregate_type varchar(60) not null,
    aggregate_id uuid not null,
    last_sequence bigint not null,
    primary key (tenant_id, aggregate_type, aggregate_id)
  ) with (fillfactor = 80);
  create table expressed_sequences (
    tenant_id uuid not null default ${CURRENT_TENANT},
    aggregate_type varchar(60) not null,
    aggregate_id uuid not null,
    sequence bigint not null,
    primary key (tenant_id, aggregate_type, aggregate_id)
  );
`;
