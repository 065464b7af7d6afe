import { migrateService, provision, runtimeUrl, sharedRoleSecret } from '#leadwire/database';
import { CreateBackbone1700000000000 } from '#leadwire/messaging';
import pg from 'pg';
import { CreateGround1700000000001 } from '../replica/create-ground.js';
import { SERVICE } from '../replica/events.js';
import type { Break } from '../replica/orders.js';
import type { PostgresServer } from './postgres-server.js';

// What the library relies on, taken away: the inbox's key, or positions that ascend.
const BROKEN_SCHEMA: Record<Break, string> = {
  fence: '',
  inbox: `alter table ${SERVICE}.inbox drop constraint inbox_pkey`,
  order: `alter table ${SERVICE}.domain_events alter position set default (nextval('${SERVICE}.domain_events_position') # 7)`,
};

/** The database of one seed, reached past the proxies. */
export class GroundDatabase {
  private constructor(
    private readonly server: PostgresServer,
    private readonly name: string,
    private readonly secret: string,
  ) {}

  static async create(server: PostgresServer, name: string, broken?: Break): Promise<GroundDatabase> {
    await inDatabase(server.url, (client) => client.query(`create database ${name}`));
    const database = new GroundDatabase(server, name, sharedRoleSecret(server.url));
    await provision(database.adminUrl, [SERVICE], database.secret);
    await migrateService(database.adminUrl, SERVICE, [CreateBackbone1700000000000, CreateGround1700000000001]);
    if (broken) await database.rows(BROKEN_SCHEMA[broken]);
    return database;
  }

  /** The service's login, by way of a proxy's port. */
  urlThrough(port: number): string {
    const url = new URL(runtimeUrl(this.adminUrl, SERVICE, this.secret));
    url.port = String(port);
    return url.toString();
  }

  /** Rows as the administrator sees them: of every tenant. */
  rows<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return inDatabase(this.adminUrl, async (client) => (await client.query(sql, parameters)).rows as Row[]);
  }

  async drop(): Promise<void> {
    await inDatabase(this.server.url, (client) => client.query(`drop database if exists ${this.name} with (force)`));
  }

  private get adminUrl(): string {
    const url = new URL(this.server.url);
    url.pathname = `/${this.name}`;
    return url.toString();
  }
}

async function inDatabase<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
