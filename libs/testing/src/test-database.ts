import { migrateService, provision, runtimeUrl, type MigrationClass } from '#leadwire/database';
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { testServers } from './testing.config.js';

const SECRET = 'role passwords of test databases';

/** A database of one test file: the service's schema, migrated, on the run's real PostgreSQL. */
export class TestDatabase {
  private constructor(
    /** Admin login: sees every row, past row-level security. */
    readonly adminUrl: string,
    readonly admin: pg.Pool,
    private readonly name: string,
  ) {}

  /** Creates the database with the schemas of the services given, each migrated. */
  static async create(services: Record<string, MigrationClass[]>): Promise<TestDatabase> {
    const name = `leadwire_test_${randomBytes(6).toString('hex')}`;
    await onServer(`create database ${name}`);
    const url = new URL(testServers().databaseUrl);
    url.pathname = `/${name}`;
    const adminUrl = url.toString();
    await withRetry(() => provision(adminUrl, Object.keys(services), SECRET));
    for (const [service, migrations] of Object.entries(services)) await migrateService(adminUrl, service, migrations);
    return new TestDatabase(adminUrl, new pg.Pool({ connectionString: adminUrl, max: 4 }), name);
  }

  /** The service's own login, with its run-time role. */
  urlFor(service: string): string {
    return runtimeUrl(this.adminUrl, service, SECRET);
  }

  async drop(): Promise<void> {
    await this.admin.end();
    await onServer(`drop database if exists ${this.name} with (force)`);
  }
}

// Roles belong to the whole server: two test files that make the same one at once race, and the loser tries again.
async function withRetry(work: () => Promise<void>, attempts = 8): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const { code } = error as { code?: string };
      if (attempt === attempts || !['XX000', '23505', '42710'].includes(code ?? '')) throw error;
    }
  }
}

async function onServer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: testServers().databaseUrl });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
