import { lockToTenant, openToPlatform } from '#leadwire/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { CONSUMERS } from './sql/consumers.js';
import { IDEMPOTENCY } from './sql/idempotency.js';
import { INBOX } from './sql/inbox.js';
import { OUTBOX } from './sql/outbox.js';
import { OUTBOX_ADD } from './sql/outbox-add.js';
import { partitionKeeping } from './sql/partitions.js';

const TABLES = ['domain_events', 'aggregate_sequences', 'expressed_sequences', 'inbox', 'parked_events', 'dead_letters', 'replays', 'idempotency_keys'];

/**
 * The tables every service has of its own: outbox, inbox, dead letters, kept answers. First in each service's migrations.
 * `domain_events` holds the columns of schema 002 and what order, versions and lanes need besides.
 */
export class CreateBackbone1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const part of [OUTBOX, OUTBOX_ADD, INBOX, CONSUMERS, IDEMPOTENCY]) await runner.query(part);
    await lockToTenant(runner, ...TABLES);
    await openToPlatform(runner, 'domain_events', 'select, update, delete');
    await openToPlatform(runner, 'expressed_sequences', 'select, insert, update, delete');
    await openToPlatform(runner, 'inbox', 'select, delete');
    await openToPlatform(runner, 'parked_events', 'select, insert, update, delete');
    await openToPlatform(runner, 'dead_letters', 'select, update');
    await openToPlatform(runner, 'replays', 'select, update');
    await openToPlatform(runner, 'idempotency_keys', 'select, delete');
    const [{ schema }] = (await runner.query('select current_schema() as schema')) as [{ schema: string }];
    for (const statement of partitionKeeping(schema)) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function keep_partitions; drop function outbox_add; drop function day_id');
    for (const table of [...TABLES].reverse()) await runner.query(`drop table ${table}`);
    await runner.query('drop table paused_consumers; drop sequence domain_events_position');
  }
}
