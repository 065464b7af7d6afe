import { CURRENT_TENANT, lockToTenant } from '#leadwire/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The suite's own tables, beside those of the backbone. `facts` is what was committed, one row an event, written in the
 * event's transaction; `effects` is what consumers did, one row each time. Neither has a key that would hide a fault.
 */
export class CreateGround1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const tenant = `tenant_id uuid not null default ${CURRENT_TENANT}`;
    await runner.query(`create table counters (${tenant}, aggregate_id uuid not null, n int not null, primary key (tenant_id, aggregate_id))`);
    await runner.query(`create table facts (position bigint generated always as identity, ${tenant}, event_type text not null,
      aggregate_id uuid not null, mark text not null, n int not null, poison boolean not null)`);
    await runner.query(`create table effects (position bigint generated always as identity, ${tenant}, consumer text not null,
      event_id uuid not null, aggregate_id uuid not null, sequence int not null, mark text not null)`);
    await lockToTenant(runner, 'counters', 'facts', 'effects');
  }

  async down(): Promise<void> {}
}
