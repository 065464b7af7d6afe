import { lockToTenant, openToPlatform } from '#leadwire/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { IMPORT_TABLES } from './sql/import-tables.sql.js';
import { LEAD_TABLES } from './sql/lead-tables.sql.js';
import { PIPELINE_TABLES } from './sql/pipeline-tables.sql.js';
import { RECORD_TABLES } from './sql/record-tables.sql.js';

// In the order in which they depend on each other.
const TABLES = [
  'tenant_settings', 'lead_stages', 'lead_statuses', 'leads', 'lead_activities', 'lead_scores', 'lead_bookings',
  'lead_imports', 'lead_import_rejects',
];

/** Leads, the pipeline they stand in, their record, and imports. */
export class CreateLeads1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [PIPELINE_TABLES, LEAD_TABLES, RECORD_TABLES, IMPORT_TABLES]) await runner.query(sql);
    await lockToTenant(runner, ...TABLES);
    // Workers find imports that wait, or whose worker died, before they know whose they are.
    await openToPlatform(runner, 'lead_imports', 'select, update');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES.toReversed()) await runner.query(`drop table ${table}`);
  }
}
