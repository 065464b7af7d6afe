import { serviceSchema } from '#leadwire/database';
import type { SqlClient } from './sql-client.js';
import { putRows, tenantTables, tenantViews } from './two-tenants-rows.js';

const TENANT = '1aaaaaaa-0000-4000-8000-000000000001';
const OTHER = '2bbbbbbb-0000-4000-8000-000000000002';

/**
 * Tries, as the service's run-time role, to see and change another tenant's rows in every table of its schema that has
 * a tenant. `sql` must be one connection with a transaction under way, which is to be rolled back.
 */
export async function rowIsolationViolations(sql: SqlClient, service: string): Promise<string[]> {
  const { schema, runtimeRole } = serviceSchema(service);
  const tables = await tenantTables(sql, [schema]);
  for (const table of tables) {
    await putRows(sql, table, [TENANT, OTHER]);
    if ((await visible(sql, table)).length !== 2) throw new Error(`the rows of ${table} were not put in place`);
  }
  await sql.query(`set local role ${runtimeRole}`);
  const violations: string[] = [];
  for (const relation of [...tables, ...(await tenantViews(sql, [schema]))]) violations.push(...(await probeReads(sql, relation)));
  for (const table of tables) violations.push(...(await probeWrites(sql, table)));
  return violations;
}

async function probeReads(sql: SqlClient, relation: string): Promise<string[]> {
  const violations: string[] = [];
  await actFor(sql, '');
  if ((await visible(sql, relation)).length > 0) violations.push(`${relation} shows rows where no tenant is set`);
  await actFor(sql, TENANT);
  if ((await visible(sql, relation)).includes(OTHER)) violations.push(`${relation} shows rows of another tenant`);
  return violations;
}

async function probeWrites(sql: SqlClient, table: string): Promise<string[]> {
  const violations: string[] = [];
  await actFor(sql, TENANT);
  for (const attempt of [`update ${table} set tenant_id = tenant_id`, `delete from ${table}`]) {
    const reached = await rowsOf(sql, `${attempt} where tenant_id = $1 returning tenant_id`, [OTHER]);
    if (reached.length > 0) violations.push(`${table} lets another tenant's rows be changed: ${attempt.split(' ')[0]}`);
  }
  const given = await rowsOf(sql, `update ${table} set tenant_id = $1 where tenant_id = $2 returning tenant_id`, [OTHER, TENANT]);
  if (given.length > 0) violations.push(`${table} lets a row be given to another tenant`);
  return violations;
}

async function actFor(sql: SqlClient, tenant: string): Promise<void> {
  await sql.query(`select set_config('leadwire.tenant_id', $1, true)`, [tenant]);
}

function visible(sql: SqlClient, table: string): Promise<string[]> {
  return rowsOf(sql, `select tenant_id from ${table} where tenant_id in ('${TENANT}', '${OTHER}')`, []);
}

/** The tenants of the rows an attempt reached; none where the role has no right to try (42501). */
async function rowsOf(sql: SqlClient, attempt: string, parameters: unknown[]): Promise<string[]> {
  await sql.query('savepoint attempt');
  try {
    const { rows } = await sql.query(attempt, parameters);
    return rows.map(({ tenant_id }) => tenant_id as string);
  } catch (error) {
    if ((error as { code?: string }).code !== '42501') throw error;
    return [];
  } finally {
    await sql.query('rollback to savepoint attempt');
  }
}
