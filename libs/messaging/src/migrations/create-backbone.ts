import { CURRENT_TENANT, lockToTenant, openToPlatform } from '#leadwire/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The tables every service has of its own: outbox, inbox, dead letters, kept answers. First in each service's migrations.
 * `domain_events` holds the columns of schema 002 and what order and versioning need besides.
 */
export class CreateBackbone1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(OUTBOX);
    await runner.query(INBOX);
    await runner.query(IDEMPOTENCY);
    await lockToTenant(runner, 'domain_events', 'aggregate_sequences', 'inbox', 'dead_letters', 'idempotency_keys');
    await openToPlatform(runner, 'domain_events', 'select, update');
    await openToPlatform(runner, 'dead_letters', 'select');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['idempotency_keys', 'dead_letters', 'inbox', 'aggregate_sequences', 'domain_events']) {
      await runner.query(`drop table ${table}`);
    }
  }
}

const OUTBOX = `
  create table domain_events (
    position bigint generated always as identity primary key,
    id uuid not null unique,
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
    metadata jsonb not null default '{}',
    created_at timestamptz not null default clock_timestamp(),
    unique (tenant_id, aggregate_type, aggregate_id, aggregate_sequence)
  );
  create index domain_events_unpublished on domain_events (position) where not processed;
  create table aggregate_sequences (
    tenant_id uuid not null default ${CURRENT_TENANT},
    aggregate_type varchar(60) not null,
    aggregate_id uuid not null,
    last_sequence bigint not null,
    primary key (tenant_id, aggregate_type, aggregate_id)
  );
`;

const INBOX = `
  create table inbox (
    tenant_id uuid not null default ${CURRENT_TENANT},
    consumer varchar(120) not null,
    event_id uuid not null,
    event_type varchar(120) not null,
    occurred_at timestamptz not null,
    handled_at timestamptz not null default clock_timestamp(),
    primary key (tenant_id, consumer, event_id)
  );
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

const IDEMPOTENCY = `
  create table idempotency_keys (
    tenant_id uuid not null default ${CURRENT_TENANT},
    operation varchar(120) not null,
    key varchar(255) not null,
    request_hash char(64) not null,
    answer jsonb,
    created_at timestamptz not null default now(),
    primary key (tenant_id, operation, key)
  );
  create index idempotency_keys_age on idempotency_keys (created_at);
`;
