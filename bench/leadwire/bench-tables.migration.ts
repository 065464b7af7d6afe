import { CURRENT_TENANT, lockToTenant } from '#leadwire/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the benches write besides events, in the product's schema and under its row-level security. */
export class CreateBenchTables1800000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table effects (position bigint generated always as identity primary key,
      tenant_id uuid not null default ${CURRENT_TENANT}, aggregate_id uuid not null, event_id uuid not null, n int not null)`);
    await runner.query(`create table business (id uuid primary key, tenant_id uuid not null default ${CURRENT_TENANT},
      name text not null, created_at timestamptz not null default clock_timestamp())`);
    await runner.query(`create table bare_outbox (position bigint generated always as identity primary key, id uuid not null,
      tenant_id uuid not null default ${CURRENT_TENANT}, aggregate_id uuid not null, payload jsonb not null,
      processed boolean not null default false, created_at timestamptz not null default clock_timestamp())`);
    await runner.query('create index bare_outbox_unpublished on bare_outbox (position) where not processed');
    await lockToTenant(runner, 'effects', 'business', 'bare_outbox');
  }

  async down(): Promise<void> {}
}
