import type pg from 'pg';
import type { Query } from '../query.js';

/** One committed transaction of a tenant, the way the service makes them. */
export async function asTenant<T>(pool: pg.Pool, tenantId: string, work: (query: Query) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query("select set_config('leadwire.tenant_id', $1, true)", [tenantId]);
    const answer = await work(async (sql, params) => (await client.query(sql, params)).rows);
    await client.query('commit');
    return answer;
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}
