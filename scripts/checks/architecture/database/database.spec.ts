import { SERVICES } from '#leadwire/contracts';
import { serviceSchema } from '#leadwire/database';
import { TestDatabase } from '#leadwire/testing';
import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MIGRATIONS } from '../../../migrations-by-service.js';
import { roleRightViolations } from './role-rights.js';
import { rowIsolationViolations } from './row-isolation.js';
import { tenantTableViolations } from './tenant-tables.js';
import { TENANTLESS_TABLES } from './tenantless-tables.js';
import { tenantTables } from './two-tenants-rows.js';

const SCHEMAS = SERVICES.map((service) => serviceSchema(service).schema);
const LOCKED = `enable row level security`;
const ISOLATED = `using (tenant_id = nullif(current_setting('leadwire.tenant_id', true), '')::uuid)`;

let database: TestDatabase;

beforeAll(async () => void (database = await TestDatabase.create(MIGRATIONS)));
afterAll(() => database.drop());

/** Runs statements and a check in one transaction that leaves nothing behind. */
async function trying<T>(statements: string[], check: (sql: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await database.admin.connect();
  try {
    await client.query('begin');
    for (const statement of statements) await client.query(statement);
    return await check(client);
  } finally {
    await client.query('rollback');
    client.release();
  }
}

describe('every service, migrated', () => {
  it('has tables', async () => {
    for (const schema of SCHEMAS) expect((await tenantTables(database.admin, [schema])).length, schema).toBeGreaterThan(0);
  });

  it('guards each table with a tenant, and says why another has none', async () => {
    expect(await tenantTableViolations(database.admin, SCHEMAS, TENANTLESS_TABLES)).toEqual([]);
  });

  it('gives its roles no power, no foreign right, and its platform role only what is opened to it', async () => {
    expect(await roleRightViolations(database.admin, SERVICES)).toEqual([]);
  });

  it.each(SERVICES)('keeps the rows of one tenant from another: %s', async (service) => {
    expect(await trying([], (sql) => rowIsolationViolations(sql, service))).toEqual([]);
  });
});

describe('a table is caught', () => {
  const fixture = (table: string, ...statements: string[]) =>
    trying(['create schema fixture', `create table fixture.${table}`, ...statements], (sql) => tenantTableViolations(sql, ['fixture'], { 'fixture.prices': 'everybody pays the same' }));
  const LISTED = 'fixture.prices is named as tenantless and is not there';

  it('that is not under row-level security', async () => {
    expect(await fixture('leads (tenant_id uuid primary key)')).toEqual([
      'fixture.leads has row-level security off',
      'fixture.leads does not FORCE row-level security: its owner sees every tenant',
      'fixture.leads has no policy',
      LISTED,
    ]);
  });

  it('that does not force it', async () => {
    expect(await fixture('leads (tenant_id uuid primary key)', `alter table fixture.leads ${LOCKED}`, `create policy p on fixture.leads ${ISOLATED}`)).toEqual([
      'fixture.leads does not FORCE row-level security: its owner sees every tenant',
      LISTED,
    ]);
  });

  it('whose indexes all start with something else', async () => {
    const guards = [`alter table fixture.leads ${LOCKED}, force row level security`, `create policy p on fixture.leads ${ISOLATED}`];
    const table = 'leads (id uuid primary key, tenant_id uuid, stage text)';
    expect(await fixture(table, ...guards, 'create index on fixture.leads (stage, tenant_id)')).toEqual(['fixture.leads has no index that starts with tenant_id', LISTED]);
    expect(await fixture(table, ...guards, `create index on fixture.leads (tenant_id) where stage = 'new'`)).toEqual([LISTED]);
  });

  it('that has no tenant and no reason, and one that has a tenant and a reason', async () => {
    expect(await fixture('notes (id uuid)')).toEqual(['fixture.notes has no tenant_id and no reason in tenantless-tables.ts', LISTED]);
    expect(await fixture('prices (tenant_id uuid)')).toContain('fixture.prices has a tenant_id and is named as tenantless');
    expect(await fixture('prices (id uuid)')).toEqual([]);
  });

  it('that is a materialised view', async () => {
    const view = 'create materialized view fixture.counts as select count(*) from fixture.prices';
    expect(await fixture('prices (id uuid)', view)).toEqual(['fixture.counts is a materialised view: row-level security does not reach it']);
  });
});

describe('a right is caught', () => {
  // Roles belong to the whole server: these are of two services that nobody else knows, and never committed.
  const [own, other] = ['a', 'b'].map((name) => `fixture-${name}${randomBytes(4).toString('hex')}`) as [string, string];
  const { schema, runtimeRole: role, platformRole, ownerRole } = serviceSchema(own);
  const foreign = serviceSchema(other).schema;
  const after = (...statements: string[]) =>
    trying([...[own, other].flatMap(freshService), ...statements], (sql) => roleRightViolations(sql, [own, other]));

  it('only where there is one too many', async () => {
    expect(await after()).toEqual([]);
  });

  it('on another service: schema, table, column, sequence, function', async () => {
    expect(await after(`grant usage on schema ${foreign} to ${role}`)).toEqual([`${role} may use the schema ${foreign}`]);
    expect(await after(`grant select on ${foreign}.things to ${role}`)).toEqual([`${role} has rights on ${foreign}.things`]);
    expect(await after(`grant update (id) on ${foreign}.things to ${platformRole}`)).toEqual([`${platformRole} has rights on ${foreign}.things`, `${platformRole} has rights on ${foreign}.things, which no policy opens to it`]);
    expect(await after(`grant usage on ${foreign}.counter to ${role}`)).toEqual([`${role} may count with ${foreign}.counter`]);
    expect(await after(`grant execute on function ${foreign}.tell to ${role}`)).toEqual([`${role} may run ${foreign}.tell`]);
  });

  it('that lets a role see past row-level security', async () => {
    expect(await after(`alter role ${role} bypassrls`)).toEqual([`${role} may bypass row-level security`]);
    expect(await after(`alter role ${role} inherit`)).toEqual([`${role} inherits the rights of its roles`]);
    expect(await after(`grant ${ownerRole} to ${role}`)).toEqual([`${role} is a member of ${ownerRole}`]);
    expect(await after(`alter table ${schema}.things owner to ${role}`)).toEqual([`${role} owns table ${schema}.things`]);
  });

  it('on a partition, past the policies of its parent', async () => {
    const parted = [`create table ${schema}.days (day date) partition by range (day)`, `create table ${schema}.today partition of ${schema}.days default`];
    expect(await after(...parted)).toEqual([]);
    expect(await after(...parted, `grant select on ${schema}.today to ${role}`)).toEqual([`${role} has rights on the partition ${schema}.today itself`]);
  });

  it('of the platform role on a table that was not opened to it', async () => {
    const granted = `grant select on ${schema}.things to ${platformRole}`;
    expect(await after(granted)).toEqual([`${platformRole} has rights on ${schema}.things, which no policy opens to it`]);
    expect(await after(granted, `create policy sweep on ${schema}.things to ${platformRole} using (true)`)).toEqual([]);
    expect(await after(`grant create on schema ${schema} to ${platformRole}`)).toEqual([`${platformRole} may create in the schema ${schema}`]);
  });
});

/** The roles and the schema of a service, as provisioned, with one thing of each kind. */
function freshService(service: string): string[] {
  const { schema, runtimeRole, platformRole, ownerRole } = serviceSchema(service);
  return [
    `create role ${ownerRole} nologin`,
    `create role ${platformRole} nologin`,
    `create role ${runtimeRole} login noinherit`,
    `grant ${platformRole} to ${runtimeRole}`,
    `create schema ${schema} authorization ${ownerRole}`,
    `grant usage on schema ${schema} to ${runtimeRole}, ${platformRole}`,
    `create table ${schema}.things (id uuid)`,
    `create sequence ${schema}.counter`,
    `create function ${schema}.tell() returns int language sql as $$ select 1 $$`,
    `revoke execute on function ${schema}.tell from public`,
  ];
}

describe('a policy is caught', () => {
  const after = (...statements: string[]) => trying(statements, (sql) => rowIsolationViolations(sql, 'leads'));

  it('that shows rows to whoever asks', async () => {
    expect(await after('create policy careless on leads.leads for select using (true)')).toEqual([
      'leads.leads shows rows where no tenant is set',
      'leads.leads shows rows of another tenant',
    ]);
  });

  it('that a view goes round, read with the rights of whoever made it', async () => {
    expect(await after('create view leads.everybody as select tenant_id from leads.leads', 'grant select on leads.everybody to leadwire_leads')).toEqual([
      'leads.everybody shows rows where no tenant is set',
      'leads.everybody shows rows of another tenant',
    ]);
  });

  it('that lets a tenant write what it may not see as its own', async () => {
    const violations = await after('create policy careless on leads.leads using (true) with check (true)');
    expect(violations).toContain('leads.leads lets a row be given to another tenant');
    expect(violations).toContain("leads.leads lets another tenant's rows be changed: delete");
  });
});
