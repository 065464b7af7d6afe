import { migrateService, provision, runtimeUrl, sharedRoleSecret, type MigrationClass } from '#leadwire/database';
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { testServers } from './testing.config.js';

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
    await provision(adminUrl, Object.keys(services), sharedRoleSecret(adminUrl));
    for (const [service, migrations] of Object.entries(services)) await migrateService(adminUrl, service, migrations);
    const admin = new pg.Pool({ connectionString: adminUrl, max: 4 });
    // The pool has ended before its connections have: the drop may cut one of them, and nobody minds.
    admin.on('error', () => undefined);
    admin.on('connect', (client) => client.on('error', () => undefined));
    return new TestDatabase(adminUrl, admin, name);
  }

  /** The service's own login, with its run-time role. */
  urlFor(service: string): string {
    return runtimeUrl(this.adminUrl, service, sharedRoleSecret(this.adminUrl));
  }

  async drop(): Promise<void> {
    await this.admin.end();
    await onServer(`drop database if exists ${this.name} with (force)`);
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
