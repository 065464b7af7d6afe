import pg from 'pg';
import { EXTENSIONS_SCHEMA, rolePassword, serviceSchema } from './service-schema.js';

const EXTENSIONS = ['vector', 'btree_gist', 'pg_trgm'];

/**
 * Makes the extensions, and for each service its schema and its three roles, with no right on any other schema.
 * Safe to run again. Needs an admin login (CREATEROLE and CREATE on the database).
 */
export async function provision(adminUrl: string, services: readonly string[], secret: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    // Two installers at once would race on CREATE ROLE: one after the other.
    await client.query(`select pg_advisory_lock(hashtext('leadwire.provision'))`);
    await client.query(extensionsSql());
    for (const service of services) await withRetry(() => client.query(serviceSql(service, secret)));
  } finally {
    await client.end();
  }
}

// Roles belong to the whole server: installers of two databases that touch the same one at once race, and the loser
// (tuple concurrently updated, or a role that exists by now) tries again.
async function withRetry(work: () => Promise<unknown>, attempts = 10): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return void (await work());
    } catch (error) {
      const { code } = error as { code?: string };
      if (attempt === attempts || !['XX000', '23505', '42710'].includes(code ?? '')) throw error;
    }
  }
}

function extensionsSql(): string {
  return [
    `create schema if not exists ${EXTENSIONS_SCHEMA};`,
    `grant usage on schema ${EXTENSIONS_SCHEMA} to public;`,
    ...EXTENSIONS.map((name) => `create extension if not exists ${name} schema ${EXTENSIONS_SCHEMA};`),
    `revoke create on schema public from public;`,
  ].join('\n');
}

function serviceSql(service: string, secret: string): string {
  const { schema, ownerRole, runtimeRole, platformRole } = serviceSchema(service);
  const password = rolePassword(secret, runtimeRole);
  return `
    do $$ begin
      if not exists (select from pg_roles where rolname = '${ownerRole}') then create role ${ownerRole} nologin; end if;
      if not exists (select from pg_roles where rolname = '${platformRole}') then create role ${platformRole} nologin; end if;
      if not exists (select from pg_roles where rolname = '${runtimeRole}') then create role ${runtimeRole} login noinherit; end if;
    end $$;
    alter role ${runtimeRole} login noinherit password '${password}';
    grant ${platformRole} to ${runtimeRole};
    grant ${ownerRole} to current_user;
    create schema if not exists ${schema} authorization ${ownerRole};
    grant usage on schema ${schema} to ${runtimeRole}, ${platformRole};
    alter default privileges for role ${ownerRole} in schema ${schema}
      grant select, insert, update, delete on tables to ${runtimeRole};
    alter default privileges for role ${ownerRole} in schema ${schema} grant usage, select on sequences to ${runtimeRole};
    alter default privileges for role ${ownerRole} revoke execute on functions from public;
    alter default privileges for role ${ownerRole} in schema ${schema} grant execute on functions to ${runtimeRole};
  `;
}
