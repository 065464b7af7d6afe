import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Query } from './query.js';
import { charge, LedgerFixture } from './testing/ledger-fixture.js';
import { createScratchDatabase, RUN_TIME, type ScratchDatabase } from './testing/scratch-database.js';

let database: ScratchDatabase;
beforeAll(async () => {
  database = await createScratchDatabase();
});
afterAll(() => database.drop());

const postMany = (query: Query, ledger: LedgerFixture, tag: string, count: number) =>
  query(
    `select count((d).verdict = 'ok' or null) as ok from (
       select ledger_debit(gen_random_uuid(), $1 || n, $2, $3, 'USD', null) as d from generate_series(1, $4::int) n
       offset 0) posted`,
    [tag, ledger.walletId, JSON.stringify(charge('0.01', '0.005')), count],
  );

/** Rows fetched from the ledger's tables by this transaction so far. */
async function rowsRead(query: Query): Promise<number> {
  const [row] = await query(
    `select sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) as n from pg_stat_xact_user_tables
     where schemaname = 'billing_ledger'`,
  );
  return Number(row?.n);
}

describe('the history behind a wallet', () => {
  it('is not read again by a posting: after 500 it fetches as few rows as after 50', async () => {
    // One connection, so that plans made while the tables were empty are the ones in use.
    const ledger = await new LedgerFixture(database.pool(RUN_TIME, 1)).open({ overdraftPolicy: 'unbounded' });
    await ledger.as((query) => postMany(query, ledger, 'early', 40));
    const readByTen = (tag: string) =>
      ledger.as(async (query) => {
        const before = await rowsRead(query);
        expect(await postMany(query, ledger, tag, 10)).toEqual([{ ok: '10' }]);
        return (await rowsRead(query)) - before;
      });
    const early = await readByTen('young');
    await ledger.as((query) => postMany(query, ledger, 'late', 450));
    const late = await readByTen('old');
    expect(early).toBeGreaterThan(0);
    expect(late).toBeLessThanOrEqual(early + 10);
  });
});
