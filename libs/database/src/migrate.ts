import { DataSource, type MigrationInterface } from 'typeorm';
import { EXTENSIONS_SCHEMA, serviceSchema } from './service-schema.js';

/** A migration class, as TypeORM runs it. */
export type MigrationClass = new () => MigrationInterface;

/**
 * Runs a service's pending migrations in its schema, as its owner role, each in a transaction of its own.
 * Answers the names of those that ran. Two runs at once follow one another.
 */
export async function migrateService(adminUrl: string, service: string, migrations: MigrationClass[]): Promise<string[]> {
  const { schema, ownerRole } = serviceSchema(service);
  const source = new DataSource({
    type: 'postgres',
    url: adminUrl,
    schema,
    migrations,
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'each',
    extra: { options: `-c role=${ownerRole} -c search_path=${schema},${EXTENSIONS_SCHEMA}`, max: 2 },
  });
  await source.initialize();
  const lock = source.createQueryRunner();
  try {
    await lock.query(`select pg_advisory_lock(hashtext($1))`, [`leadwire.migrate.${schema}`]);
    const ran = await source.runMigrations();
    return ran.map((migration) => migration.name);
  } finally {
    await lock.release();
    await source.destroy();
  }
}
