import { EXTENSIONS_SCHEMA, serviceSchema } from '#leadwire/database';
import { TestDatabase } from '#leadwire/testing';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { CreateLedger1764000000000 } from '../../../../migrations/1764000000000-create-ledger.js';

const { schema, ownerRole, runtimeRole, platformRole } = serviceSchema('billing-ledger');
export const OWNER = ownerRole;
export const RUN_TIME = runtimeRole;
export const PLATFORM = platformRole;

const settings = (role: string): string => `-c role=${role} -c search_path=${schema},${EXTENSIONS_SCHEMA}`;

export interface ScratchDatabase {
  /** Connections of one of the three roles, with the service's search path. */
  pool(role: string, max?: number): pg.Pool;
  /** The ledger's migration, as the owner runs it. */
  migrations(): DataSource;
  drop(): Promise<void>;
}

/** A test database with the ledger's migration alone, and connections of each of its roles. */
export async function createScratchDatabase(): Promise<ScratchDatabase> {
  const database = await TestDatabase.create({ 'billing-ledger': [CreateLedger1764000000000] });
  const pools: pg.Pool[] = [];
  return {
    pool(role, max = 4) {
      const pool = new pg.Pool({ connectionString: database.adminUrl, options: settings(role), max });
      pools.push(pool);
      return pool;
    },
    migrations: () =>
      new DataSource({
        type: 'postgres',
        url: database.adminUrl,
        schema,
        extra: { options: settings(OWNER) },
        migrations: [CreateLedger1764000000000],
      }),
    async drop() {
      await Promise.all(pools.map((pool) => pool.end()));
      await database.drop();
    },
  };
}

export async function withDataSource<T>(
  database: ScratchDatabase,
  work: (source: DataSource) => Promise<T>,
): Promise<T> {
  const source = await database.migrations().initialize();
  try {
    return await work(source);
  } finally {
    await source.destroy();
  }
}
