import type { SqlClient } from './sql-client.js';

interface Column {
  name: string;
  type: string;
  needed: boolean;
  nullable: boolean;
}

/** The tables with a tenant_id, as `schema.table`. */
export function tenantTables(sql: SqlClient, schemas: readonly string[]): Promise<string[]> {
  return relations(sql, schemas, ['r', 'p']);
}

/** The views with a tenant_id, as `schema.view`. */
export function tenantViews(sql: SqlClient, schemas: readonly string[]): Promise<string[]> {
  return relations(sql, schemas, ['v']);
}

async function relations(sql: SqlClient, schemas: readonly string[], kinds: string[]): Promise<string[]> {
  const { rows } = await sql.query(WITH_TENANT, [schemas, kinds]);
  return rows.map(({ name }) => name as string);
}

/**
 * Puts a row of each tenant into a table, whatever the table asks of its rows: what guards their content (checks,
 * references, triggers) is taken away first, so this belongs into a transaction that is rolled back.
 */
export async function putRows(sql: SqlClient, table: string, tenants: readonly string[]): Promise<void> {
  for (const { name } of (await sql.query(CONTENT_CONSTRAINTS, [table])).rows) {
    await sql.query(`alter table ${table} drop constraint if exists "${name}" cascade`);
  }
  await sql.query(`alter table ${table} disable trigger all`);
  const columns = (await sql.query(COLUMNS, [table])).rows as Column[];
  for (const { name, needed, nullable } of columns) {
    if (!needed && !nullable) await sql.query(`alter table ${table} alter column "${name}" drop not null`);
  }
  for (const tenant of tenants) {
    await sql.query(...insertion(table, columns.filter(({ needed }) => needed), tenant));
  }
}

function insertion(table: string, columns: Column[], tenant: string): [string, unknown[]] {
  const names = columns.map(({ name }) => `"${name}"`).join(', ');
  const values = columns.map(({ name, type }, i) => (name === 'tenant_id' ? `$${i + 1}::uuid` : `$${i + 1}::${type}`));
  const parameters = columns.map(({ name, type }) => (name === 'tenant_id' ? tenant : valueFor(type, tenant)));
  return [`insert into ${table} (${names}) overriding system value values (${values.join(', ')})`, parameters];
}

// Different for each tenant, so that no key is taken twice.
function valueFor(type: string, tenant: string): string {
  const digit = tenant[0]!;
  if (type === 'uuid') return tenant;
  if (/^(bigint|integer|smallint|numeric)/.test(type)) return digit;
  if (/^(timestamp|date)/.test(type)) return `2030-01-0${digit}`;
  if (/^(character|text)/.test(type)) return digit;
  throw new Error(`no value known for a key of type ${type}`);
}

const WITH_TENANT = `
  select n.nspname || '.' || c.relname as name from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
  where n.nspname = any ($1) and c.relkind = any ($2::"char"[]) and not c.relispartition order by 1`;

const CONTENT_CONSTRAINTS = `select conname as name from pg_constraint where conrelid = $1::regclass and contype in ('c', 'x', 'f')`;

// Needed: the tenant and what the primary key is made of.
const COLUMNS = `
  select a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
    not a.attnotnull as nullable,
    a.attname = 'tenant_id' or exists (
      select from pg_index i where i.indrelid = a.attrelid and i.indisprimary and a.attnum = any (i.indkey::int2[])) as needed
  from pg_attribute a
  where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and
    (a.attidentity = '' or exists (
      select from pg_index i where i.indrelid = a.attrelid and i.indisprimary and a.attnum = any (i.indkey::int2[])))
  order by a.attnum`;
