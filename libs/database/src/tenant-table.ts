import type { QueryRunner } from 'typeorm';

/** The tenant of the current transaction; no tenant set means no row is seen. */
export const CURRENT_TENANT = `nullif(current_setting('leadwire.tenant_id', true), '')::uuid`;

/**
 * Locks tables to the transaction's tenant: row-level security enabled and FORCEd (the owner is bound too), one policy.
 * A test over the catalogue fails the build for a table with tenant_id that was not locked.
 */
export async function lockToTenant(runner: QueryRunner, ...tables: string[]): Promise<void> {
  for (const table of tables) {
    await runner.query(`alter table ${table} enable row level security`);
    await runner.query(`alter table ${table} force row level security`);
    await runner.query(
      `create policy tenant_isolation on ${table} using (tenant_id = ${CURRENT_TENANT}) with check (tenant_id = ${CURRENT_TENANT})`,
    );
  }
}

/**
 * Lets the service's platform role sweep a table across tenants with the rights given, and nothing more:
 * what relays and timers need to find work before they know whose it is.
 */
export async function openToPlatform(
  runner: QueryRunner,
  table: string,
  rights: 'select' | 'select, update' | 'select, delete' | 'select, update, delete' | 'select, insert, update, delete',
): Promise<void> {
  const [row] = (await runner.query(`select current_schema() as schema`)) as { schema: string }[];
  const role = `leadwire_${row!.schema}_platform`;
  await runner.query(`grant ${rights} on ${table} to ${role}`);
  // A policy for a role also binds its members, and the run-time role is one: only who has taken the role on may sweep.
  await runner.query(
    `create policy platform_sweep on ${table} to ${role} using (current_user = '${role}') with check (current_user = '${role}')`,
  );
}
