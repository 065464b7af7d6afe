import { newId, serviceCaller } from '#leadwire/kernel';
import { TestDatabase, until } from '#leadwire/testing';
import pg from 'pg';
import { DataSource, type DataSourceOptions, type MigrationInterface, type QueryRunner } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectionOptions } from './connection-options.js';
import { Database } from './database.js';
import { migrateService } from './migrate.js';
import { provision } from './provision.js';
import { runtimeUrl, serviceSchema, sharedRoleSecret } from './service-schema.js';
import { CURRENT_TENANT, lockToTenant, openToPlatform } from './tenant-table.js';
import { isDatabaseOutage, violatedConstraint } from './transient-error.js';

class CreateThings1 implements MigrationInterface {
  name = 'CreateThings1700000000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of ['things', 'closed_things']) {
      await runner.query(`create table ${table} (id uuid primary key, tenant_id uuid not null default ${CURRENT_TENANT}, n int not null default 0)`);
    }
    await lockToTenant(runner, 'things', 'closed_things');
    await openToPlatform(runner, 'things', 'select');
  }

  async down(): Promise<void> {}
}

class AddColumn2 implements MigrationInterface {
  name = 'AddColumn1700000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table things add column extra text');
    await runner.query('select pg_sleep(0.2)');
  }

  async down(): Promise<void> {}
}

describe('a service’s database', () => {
  let test: TestDatabase;
  let source: DataSource;
  let database: Database;
  const [mine, theirs] = [newId(), newId()];

  beforeAll(async () => {
    test = await TestDatabase.create({ leads: [CreateThings1], campaigns: [] });
    source = await new DataSource(connectionOptions('leads', test.urlFor('leads'), [], 4) as DataSourceOptions).initialize();
    database = new Database(source, serviceSchema('leads'), 'leads');
    for (const tenant of [mine, theirs]) await database.forTenantAsService(tenant, (tx) => tx.query('insert into things (id) values ($1)', [tenant]));
    await database.forTenantAsService(mine, (tx) => tx.query('insert into closed_things (id) values ($1)', [newId()]));
  });
  afterAll(async () => {
    await source.destroy();
    await test.drop();
  });

  const asMine = <T>(sql: string, parameters: unknown[] = []) => database.forTenantAsService(mine, (tx) => tx.query<T>(sql, parameters));

  it('shows a tenant its own rows only, and none without a tenant', async () => {
    expect(await asMine('select id from things')).toEqual([{ id: mine }]);
    expect(await database.withoutTenant((tx) => tx.query('select id from things'))).toEqual([]);
    expect(await source.query('select id from leads.things')).toEqual([]);
  });

  it('lets a tenant write no row of another: not insert, update, delete, nor hand over', async () => {
    await expect(asMine('insert into things (id, tenant_id) values ($1, $2)', [newId(), theirs])).rejects.toThrow(/row-level security/);
    await expect(asMine('update things set tenant_id = $1', [theirs])).rejects.toThrow(/row-level security/);
    expect(await asMine('update things set n = 9 where id = $1 returning id', [theirs])).toEqual([]);
    expect(await asMine('delete from things where id = $1 returning id', [theirs])).toEqual([]);
    await expect(database.withoutTenant((tx) => tx.query('insert into things (id) values ($1)', [newId()]))).rejects.toThrow(/null value|row-level security/);
    const { rows } = await test.admin.query('select n from leads.things where id = $1', [theirs]);
    expect(rows).toEqual([{ n: 0 }]);
  });

  it('says so when nothing was committed, because the work passed over an error of the server', async () => {
    const id = newId();
    const told = database.forTenantAsService(mine, async (tx) => {
      await tx.query('insert into things (id) values ($1)', [id]);
      await tx.query('insert into things (id) values ($1)', [id]).catch(() => undefined);
    });
    await expect(told).rejects.toThrow(/current transaction is aborted/);
    expect(await asMine('select id from things where id = $1', [id])).toEqual([]);
  });

  it('forgets the tenant with the transaction, also a failed one, on every connection of the pool', async () => {
    await Promise.allSettled(Array.from({ length: 8 }, (_, i) => database.forTenantAsService(mine, async (tx) => {
      await tx.query('select pg_sleep(0.01)');
      if (i % 2) throw new Error('fails');
    })));
    const seen = await Promise.all(Array.from({ length: 8 }, () => database.withoutTenant((tx) => tx.query('select id from things'))));
    expect(seen.flat()).toEqual([]);
  });

  it('lets the platform role see what was opened to it, and do no more than that', async () => {
    const ids = await database.forPlatform((tx) => tx.query<{ id: string }>('select id from things'));
    expect(ids.map((row) => row.id).sort()).toEqual([mine, theirs].sort());
    await expect(database.forPlatform((tx) => tx.query('update things set n = 1'))).rejects.toThrow(/permission denied/);
    await expect(database.forPlatform((tx) => tx.query('select * from closed_things'))).rejects.toThrow(/permission denied/);
  });

  it.each([
    'alter table things disable row level security',
    'alter table things no force row level security',
    'drop policy tenant_isolation on things',
    'create policy open on things using (true)',
    'drop table things',
    'truncate things',
    'create table more (id int)',
    'create table public.more (id int)',
    'set role leadwire_leads_owner',
    'set row_security = off; select * from leads.things',
    'select * from campaigns.migrations',
    'set role leadwire_campaigns_platform',
    `alter role leadwire_leads bypassrls`,
  ])('refuses the run-time role: %s', async (sql) => {
    const client = new pg.Client({ connectionString: test.urlFor('leads'), options: '-c search_path=leads' });
    await client.connect();
    try {
      await expect(client.query(sql)).rejects.toThrow(/must be owner|permission denied|row-level security|must be superuser|BYPASSRLS/i);
    } finally {
      await client.end();
    }
  });

  it('runs a lost race again, and calls after the commit once', async () => {
    let attempts = 0;
    let commits = 0;
    const [a, b] = [newId(), newId()];
    for (const thing of [a, b]) await asMine('insert into things (id) values ($1)', [thing]);
    let bothHold!: () => void;
    const held = new Promise<void>((resolve) => (bothHold = resolve));
    const cross = (first: string, second: string) => database.forTenantAsService(mine, async (tx) => {
      const attempt = ++attempts;
      tx.afterCommit(() => commits++);
      await tx.query('update things set n = n + 1 where id = $1', [first]);
      if (attempt === 2) bothHold();
      await held;
      await tx.query('update things set n = n + 1 where id = $1', [second]);
    });
    await Promise.all([cross(a, b), cross(b, a)]);
    expect(attempts).toBe(3);
    expect(commits).toBe(2);
    expect(await asMine('select n from things where id = any($1)', [[a, b]])).toEqual([{ n: 2 }, { n: 2 }]);
  });

  it('does not call after the commit what was rolled back, and gives up a race after three attempts', async () => {
    let commits = 0;
    let attempts = 0;
    const lost = database.forTenant(serviceCaller('leads', mine), async (tx) => {
      attempts++;
      tx.afterCommit(() => commits++);
      await tx.query(`do $$ begin raise exception 'lost' using errcode = '40001'; end $$`);
    });
    await expect(lost).rejects.toThrow('lost');
    expect([attempts, commits]).toEqual([3, 0]);
  });

  it('sends statements with the commit, after the work and in their order, or commits nothing when one fails', async () => {
    const [id, other] = [newId(), newId()];
    await database.forTenantAsService(mine, async (tx) => {
      tx.withCommit(() => `insert into things (id, n) values ('${id}', 1)`);
      tx.withCommit(() => `update things set n = n + 1 where id = '${id}'`);
      expect(await tx.query('select 1 from things where id = $1', [id])).toEqual([]);
    });
    expect(await asMine('select n from things where id = $1', [id])).toEqual([{ n: 2 }]);

    const committed: string[] = [];
    const failing = database.forTenantAsService(mine, async (tx) => {
      tx.afterCommit(() => void committed.push('called'));
      await tx.query('insert into things (id) values ($1)', [other]);
      tx.withCommit(() => `insert into things (id) values ('${id}')`);
    });
    await expect(failing).rejects.toThrow(/duplicate key/);
    expect(await asMine('select 1 from things where id = $1', [other])).toEqual([]);
    expect(committed).toEqual([]);
    // The connection is sound: the next transaction on it commits.
    await asMine('insert into things (id) values ($1)', [other]);
  });

  it('makes a nested transaction a savepoint, and keeps the settings out of the next transaction', async () => {
    const kept = newId();
    await database.forTenantAsService(mine, async (tx) => {
      await tx.query('insert into things (id) values ($1)', [kept]);
      const inner = tx.manager.transaction((manager) => manager.query('select 1 / 0'));
      await expect(inner).rejects.toThrow('division by zero');
    });
    expect(await asMine('select id from things where id = $1', [kept])).toEqual([{ id: kept }]);
    expect(await database.withoutTenant((tx) => tx.query('select id from things'))).toEqual([]);
    const [role] = await database.withoutTenant((tx) => tx.query<{ role: string }>('select current_user as role'));
    expect(role!.role).toBe('leadwire_leads');
  });

  it('lets nothing but a UUID be a tenant', async () => {
    await expect(async () => database.forTenantAsService(`x'; reset role; --`, (tx) => tx.query('select 1'))).rejects.toThrow('UUID');
  });

  it('takes a connection that is cut for an outage, and works again on the next', async () => {
    const cut = database.withoutTenant(async (tx) => {
      const [row] = await tx.query<{ pid: number }>('select pg_backend_pid() as pid');
      await test.admin.query('select pg_terminate_backend($1)', [row!.pid]);
      await tx.query('select pg_sleep(5)');
    });
    const error = await cut.then(() => undefined, (reason: unknown) => reason);
    expect(error).toSatisfy(isDatabaseOutage);
    expect(await asMine('select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('takes a connection that was cut between two statements for an outage', async () => {
    const cut = database.withoutTenant(async (tx) => {
      const [row] = await tx.query<{ pid: number }>('select pg_backend_pid() as pid');
      await test.admin.query('select pg_terminate_backend($1)', [row!.pid]);
      // The end of the connection is heard of, and the runner let go, before the next statement.
      await until('the connection is gone', () => (tx.manager.queryRunner as { isReleased: boolean }).isReleased);
      await tx.query('select 1');
    });
    expect(await cut.catch((reason: unknown) => reason)).toSatisfy(isDatabaseOutage);
  });

  it('names the unique constraint that was violated', async () => {
    const error = await asMine('insert into things (id) values ($1)', [mine]).catch((reason: unknown) => reason);
    expect(violatedConstraint(error)).toBe('things_pkey');
  });

  it('migrates once though two run at once, and again without effect', async () => {
    const migrations = [CreateThings1, AddColumn2];
    const ran = await Promise.all([1, 2, 3].map(() => migrateService(test.adminUrl, 'leads', migrations)));
    expect(ran.flat()).toEqual(['AddColumn1700000000001']);
    expect(await migrateService(test.adminUrl, 'leads', migrations)).toEqual([]);
  });

  it('provisions again, and twice at once, without harm', async () => {
    // Roles belong to the server: another secret would lock other runs out.
    const secret = sharedRoleSecret(test.adminUrl);
    const name = 'embeddings';
    await Promise.all([provision(test.adminUrl, [name], secret), provision(test.adminUrl, [name], secret)]);
    await provision(test.adminUrl, [name], secret);
    const { rows } = await test.admin.query(`select 1 from pg_roles where rolname like 'leadwire_embeddings%'`);
    expect(rows).toHaveLength(3);
    expect(new URL(runtimeUrl(test.adminUrl, name, secret)).username).toBe('leadwire_embeddings');
  });
});
