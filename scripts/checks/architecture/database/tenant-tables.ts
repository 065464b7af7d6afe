import type { SqlClient } from './sql-client.js';
import { MIGRATIONS_TABLE } from './tenantless-tables.js';

interface TableRow {
  name: string;
  has_tenant: boolean;
  enabled: boolean;
  forced: boolean;
  policies: number;
  indexed: boolean;
  kind: string;
}

/**
 * The tables of the schemas that break the tenant law: with tenant_id, but not under FORCEd row-level security with a
 * policy, or without an index that starts with it; without tenant_id, but not among those that need none.
 */
export async function tenantTableViolations(sql: SqlClient, schemas: readonly string[], tenantless: Readonly<Record<string, string>>): Promise<string[]> {
  const { rows } = (await sql.query(TABLES, [schemas])) as { rows: TableRow[] };
  const names = new Set(rows.map(({ name }) => name));
  return [
    ...rows.flatMap((table) => complaints(table, tenantless).map((says) => `${table.name} ${says}`)),
    ...Object.keys(tenantless).filter((name) => schemas.includes(name.split('.')[0]!) && !names.has(name)).map((name) => `${name} is named as tenantless and is not there`),
  ];
}

function complaints(table: TableRow, tenantless: Readonly<Record<string, string>>): string[] {
  // A materialised view holds rows that no policy guards.
  if (table.kind === 'm') return ['is a materialised view: row-level security does not reach it'];
  if (!table.has_tenant) {
    const known = table.name in tenantless || table.name.endsWith(`.${MIGRATIONS_TABLE}`);
    return known ? [] : ['has no tenant_id and no reason in tenantless-tables.ts'];
  }
  return [
    table.name in tenantless && 'has a tenant_id and is named as tenantless',
    !table.enabled && 'has row-level security off',
    !table.forced && 'does not FORCE row-level security: its owner sees every tenant',
    table.policies === 0 && 'has no policy',
    !table.indexed && 'has no index that starts with tenant_id',
  ].filter((says) => typeof says === 'string');
}

const TABLES = `
  select n.nspname || '.' || c.relname as name, c.relkind::text as kind, t.attnum is not null as has_tenant,
    c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
    (select count(*)::int from pg_policy p where p.polrelid = c.oid) as policies,
    exists (select from pg_index i where i.indrelid = c.oid and i.indisvalid and i.indkey[0] = t.attnum) as indexed
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  left join pg_attribute t on t.attrelid = c.oid and t.attname = 'tenant_id' and not t.attisdropped
  where n.nspname = any ($1) and c.relkind in ('r', 'p', 'm') and not c.relispartition
  order by 1`;
