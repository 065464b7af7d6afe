/**
 * One statement on the connection of the caller's transaction, which has set `leadwire.tenant_id`.
 * `(sql, params) => queryRunner.query(sql, params)` is one; READ COMMITTED is what the ledger relies on.
 */
export type Query = (sql: string, params?: unknown[]) => Promise<Record<string, unknown>[]>;
