import pg from 'pg';
import { DataSource } from 'typeorm';
import { CreateLedger1764000000000 } from '../../../../migrations/1764000000000-create-ledger.js';
import { testDatabaseUrl } from './test-database.config.js';

export const OWNER = 'leadwire_billing_ledger_owner';
export const RUN_TIME = 'leadwire_billing_ledger';
export const PLATFORM = 'leadwire_billing_ledger_platform';
const SCHEMA = 'billing_ledger';

const urlOf = (database: string): string => {
  const url = new URL(testDatabaseUrl());
  url.pathname = `/${database}`;
  return url.toString();
};

const settings = (role: string): string => `-c role=${role} -c search_path=${SCHEMA},public`;

async function onServer(database: string, statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(database) });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

// Roles belong to the whole server and several test files start at once, so the lock.
const roles = [
  'select pg_advisory_lock(5120)',
  ...[`${OWNER} nologin`, `${RUN_TIME} login`, `${PLATFORM} nologin`].map(
    (role) => `do $$ begin create role ${role}; exception when duplicate_object then null; end $$`,
  ),
  `grant ${PLATFORM} to ${RUN_TIME}`,
  'select pg_advisory_unlock(5120)',
];

const schema = [
  'create extension btree_gist',
  `create schema ${SCHEMA} authorization ${OWNER}`,
  `grant usage on schema ${SCHEMA} to ${RUN_TIME}, ${PLATFORM}`,
  `alter default privileges for role ${OWNER} in schema ${SCHEMA}
     grant select, insert, update, delete on tables to ${RUN_TIME}`,
];

export interface ScratchDatabase {
  /** Connections of one of the three roles, with the service's search path. */
  pool(role: string, max?: number): pg.Pool;
  /** The migrations, as the owner runs them. */
  migrations(): DataSource;
  drop(): Promise<void>;
}

/** A database of this process with roles, schema and the ledger's migration; `drop` leaves nothing but the roles. */
export async function createScratchDatabase(): Promise<ScratchDatabase> {
  const name = `ledger_scratch_${process.pid}`;
  const pools: pg.Pool[] = [];
  const admin = new URL(testDatabaseUrl()).pathname.slice(1) || 'postgres';
  await onServer(admin, [...roles, `drop database if exists ${name} with (force)`, `create database ${name}`]);
  await onServer(name, schema);
  const database: ScratchDatabase = {
    pool(role, max = 4) {
      const pool = new pg.Pool({ connectionString: urlOf(name), options: settings(role), max });
      pools.push(pool);
      return pool;
    },
    migrations: () =>
      new DataSource({
        type: 'postgres',
        url: urlOf(name),
        schema: SCHEMA,
        extra: { options: settings(OWNER) },
        migrations: [CreateLedger1764000000000],
      }),
    async drop() {
      await Promise.all(pools.map((pool) => pool.end()));
      await onServer(admin, [`drop database if exists ${name} with (force)`]);
    },
  };
  await withDataSource(database, (source) => source.runMigrations());
  return database;
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
