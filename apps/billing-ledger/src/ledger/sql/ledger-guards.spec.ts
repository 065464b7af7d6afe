import { v7 as uuid } from 'uuid';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findOverdueReservations } from './find-overdue-reservations.js';
import { asTenant } from './testing/as-tenant.js';
import { charge, LedgerFixture } from './testing/ledger-fixture.js';
import {
  createScratchDatabase,
  OWNER,
  PLATFORM,
  RUN_TIME,
  type ScratchDatabase,
  withDataSource,
} from './testing/scratch-database.js';

const APPEND_ONLY = [
  'ledger_accounts',
  'ledger_postings',
  'ledger_entries',
  'billing_ledger_transactions',
  'billing_payment_events',
];

let database: ScratchDatabase;
let runTime: pg.Pool;
let owner: pg.Pool;
let ledger: LedgerFixture;

beforeAll(async () => {
  database = await createScratchDatabase();
  runTime = database.pool(RUN_TIME);
  owner = database.pool(OWNER);
  ledger = await new LedgerFixture(runTime).open();
  await ledger.topup('10');
  await ledger.debit(charge('1', '0.5'));
});
afterAll(() => database.drop());

const byHand = (pool: pg.Pool, sql: string, params: unknown[] = []) =>
  asTenant(pool, ledger.tenantId, (query) => query(sql, params));

describe('history cannot be changed', () => {
  it.each(APPEND_ONLY)('%s: neither by the run-time role nor by the owner', async (table) => {
    for (const change of [`update ${table} set tenant_id = tenant_id`, `delete from ${table}`, `truncate ${table} cascade`]) {
      await expect(byHand(runTime, change)).rejects.toThrow('permission denied');
      await expect(byHand(owner, change)).rejects.toThrow('is append-only');
    }
  });

  it('the run-time role cannot write balances or remove wallets and reservations', async () => {
    for (const change of [
      'update billing_wallets set current_balance = 1000000',
      'update billing_wallets set reserved_balance = 0',
      `insert into billing_wallets (tenant_id, id, currency, current_balance) values ('${ledger.tenantId}', '${uuid()}', 'EUR', 5)`,
      'delete from billing_wallets',
      'delete from billing_reservations',
      'alter table ledger_entries disable trigger all',
    ]) {
      await expect(byHand(runTime, change)).rejects.toThrow(/permission denied|must be owner/);
    }
  });
});

describe('entries written by hand', () => {
  const account = `(select id from ledger_accounts where kind = $2)`;
  const insert = (legs: string) =>
    `insert into ledger_entries (tenant_id, posting_id, line, leg, account_id, currency, amount)
     select '${ledger.tenantId}', id, ${legs} from ledger_postings where operation = $1`;

  it('cannot make money out of nothing', async () => {
    const sql = insert(`9, 1, ${account}, 'USD', 5`);
    await expect(byHand(runTime, sql, ['topup', 'wallet_available'])).rejects.toThrow('does not sum to zero');
    await expect(byHand(owner, sql, ['topup', 'wallet_available'])).rejects.toThrow('does not sum to zero');
  });

  it('cannot balance one currency with another, or name what does not exist', async () => {
    const posting = `(select id from ledger_postings where operation = 'topup')`;
    const revenue = `(select id from ledger_accounts where kind = 'revenue')`;
    const two = (first: string, second: string) =>
      `insert into ledger_entries (tenant_id, posting_id, line, leg, account_id, currency, amount)
       values ('${ledger.tenantId}', ${posting}, 9, 1, ${first}), ('${ledger.tenantId}', ${posting}, 9, 2, ${second})`;
    await expect(byHand(runTime, two(`${revenue}, 'USD', 1`, `${revenue}, 'EUR', -1`))).rejects.toThrow('sum to zero');
    await expect(byHand(runTime, two(`${revenue}, 'EUR', 1`, `${revenue}, 'EUR', -1`))).rejects.toThrow('does not fit');
    await expect(byHand(runTime, two(`'${uuid()}', 'USD', 1`, `${revenue}, 'USD', -1`))).rejects.toThrow('does not fit');
    await expect(byHand(runTime, two(`${revenue}, 'USD', 'NaN'`, `${revenue}, 'USD', -1`))).rejects.toThrow('ledger_entries_amount_check');
  });

  it('a statement row cannot be made up', async () => {
    const row = (sequence: number, before: number, after: number) =>
      `insert into billing_ledger_transactions (tenant_id, id, wallet_id, sequence, transaction_type, amount,
         balance_before, balance_after, available_before, available_after, idempotency_key)
       values ('${ledger.tenantId}', '${uuid()}', '${ledger.walletId}', ${sequence}, 'topup', 1,
         ${before}, ${after}, ${before}, ${after}, '${uuid()}')`;
    await expect(byHand(runTime, row(3, 9, 11))).rejects.toThrow('arithmetic');
    await expect(byHand(runTime, row(3, 8, 9))).rejects.toThrow('does not continue');
    await expect(byHand(runTime, row(4, 9, 10))).rejects.toThrow('does not continue');
    await expect(byHand(runTime, row(3, 9, 10))).rejects.toThrow('has no posting');
  });

  it('a check finds balanced entries that no operation wrote', async () => {
    const other = await new LedgerFixture(runTime).open();
    await other.topup('1');
    await other.debit(charge('1'));
    await other.as((query) =>
      query(
        `insert into ledger_entries (tenant_id, posting_id, line, leg, account_id, currency, amount)
         select tenant_id, (select id from ledger_postings where operation = 'topup'), 9,
           row_number() over (), id, 'USD', case kind when 'revenue' then -5 else 5 end
         from ledger_accounts where kind in ('revenue', 'wallet_available')`,
      ),
    );
    const failing = await other.as((query) => query('select check_name from ledger_checks() where not ok'));
    expect(failing).toEqual([{ check_name: 'statement_ends_at_the_balance' }]);
  });

  it('a check finds a charged usage event without its charge, and a charge without its event', async () => {
    const other = await new LedgerFixture(runTime).open();
    const topup = await other.topup('5');
    const failing = () => other.as((query) => query('select check_name, detail from ledger_checks() where not ok'));
    expect(await failing()).toEqual([]);
    await other.as((query) =>
      query(
        `insert into billing_usage_events (tenant_id, id, feature_key, usage_items, total_quantity, total_cost, status,
           ledger_transaction_id, charged_at, idempotency_key, input_hash)
         values ($1, $2, 'sms', '[]', 1, 1, 'charged', $3, now(), 'u', '')`,
        [other.tenantId, uuid(), topup.postingId],
      ),
    );
    expect(await failing()).toEqual([{ check_name: 'every_charged_usage_event_has_one_charge', detail: '1' }]);
  });
});

describe('tenants', () => {
  const TABLES = [...APPEND_ONLY, 'billing_wallets', 'billing_reservations', 'billing_usage_events', 'billing_payments'];

  it.each(TABLES)('%s: forced row security, an index that starts with the tenant', async (table) => {
    const [security] = (await owner.query('select relrowsecurity, relforcerowsecurity from pg_class where oid = $1::regclass', [table])).rows;
    expect(security).toEqual({ relrowsecurity: true, relforcerowsecurity: true });
    const indexes = await owner.query(
      `select 1 from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
       where i.indrelid = $1::regclass and a.attname = 'tenant_id'`, [table]);
    expect(indexes.rowCount).toBeGreaterThan(0);
  });

  it('see nothing of one another, and without a tenant nobody sees anything', async () => {
    const stranger = new LedgerFixture(runTime);
    expect((await ledger.reserve('1')).verdict).toBe('ok');
    for (const table of [...APPEND_ONLY.slice(0, 4), 'billing_wallets', 'billing_reservations']) {
      expect(await ledger.count(table)).toBeGreaterThan(0);
      expect(await stranger.count(table)).toBe(0);
      expect((await runTime.query(`select from ${table}`)).rowCount).toBe(0);
    }
    for (const view of ['ledger_margins', 'ledger_account_balances']) expect(await stranger.count(view)).toBe(0);
  });

  it('cannot charge, fund or reverse for one another', async () => {
    const stranger = new LedgerFixture(runTime);
    const [posting] = await byHand(runTime, 'select id from ledger_postings limit 1');
    expect((await stranger.topup('1', uuid(), ledger.walletId)).verdict).toBe('not_found');
    expect((await stranger.reverse(String(posting?.id))).verdict).toBe('not_found');
    const forged = `insert into billing_wallets (tenant_id, id, currency) values ($1, $2, 'EUR')`;
    await expect(stranger.as((query) => query(forged, [ledger.tenantId, uuid()]))).rejects.toThrow('row-level security');
  });

  it('the platform role finds overdue reservations of all, and nothing else', async () => {
    const other = await new LedgerFixture(runTime).open({ overdraftPolicy: 'unbounded' });
    const { reservationId } = await other.reserve('1', uuid(), uuid(), new Date(Date.now() + 200));
    const platform = database.pool(PLATFORM, 1);
    const query = async (sql: string, params?: unknown[]) => (await platform.query(sql, params)).rows;
    await expect.poll(() => findOverdueReservations(query, 10), { timeout: 5_000 }).toMatchObject([
      { tenantId: other.tenantId, reservationId },
    ]);
    await expect(platform.query('select * from billing_wallets')).rejects.toThrow('permission denied');
    await expect(platform.query("update billing_reservations set status = 'expired'")).rejects.toThrow('permission denied');
  });
});

describe('the catalogue', () => {
  const price = (tenantId: string | null, from: string, to: string | null, model = 'nova-9') =>
    byHand(
      runTime,
      `insert into billing_pricing_catalog (id, tenant_id, category, provider, model, unit, unit_price, effective_from, effective_to)
       values ($1, $2, 'stt', 'deepgram', $3, 'second', 0.0000000001, $4, $5) returning unit_price`,
      [uuid(), tenantId, model, from, to],
    );

  it('holds the starting prices for every tenant, writable by none', async () => {
    const rows = await byHand(runTime, 'select count(*) as n, count(tenant_id) as own from billing_pricing_catalog');
    expect(rows).toEqual([{ n: '22', own: '0' }]);
    expect(await byHand(runTime, 'update billing_pricing_catalog set unit_price = 0 returning id')).toEqual([]);
    expect(await byHand(runTime, 'delete from billing_markups returning id')).toEqual([]);
    await expect(price(null, '2030-01-01', null)).rejects.toThrow('row-level security');
  });

  it('refuses overlapping prices, allows neighbours, and is each tenant’s own', async () => {
    expect(await price(ledger.tenantId, '2026-01-01', '2026-02-01')).toEqual([{ unit_price: '0.0000000001' }]);
    await price(ledger.tenantId, '2026-02-01', null);
    await expect(price(ledger.tenantId, '2026-01-31', '2026-02-01')).rejects.toThrow('no_overlap');
    await expect(price(ledger.tenantId, '2027-01-01', null)).rejects.toThrow('no_overlap');
    await price(ledger.tenantId, '2026-01-01', null, 'nova-10');
    const others = await new LedgerFixture(runTime).as((query) =>
      query("select id from billing_pricing_catalog where model like 'nova-%' and tenant_id is not null"),
    );
    expect(others).toEqual([]);
  });

  it('knows only units on the list', async () => {
    const sql = `insert into billing_pricing_catalog (id, tenant_id, category, provider, unit, unit_price, effective_from)
      values ($1, $2, 'stt', 'x', 'seconds', 1, now())`;
    await expect(byHand(runTime, sql, [uuid(), ledger.tenantId])).rejects.toThrow('unit_check');
  });
});

describe('the migration', () => {
  it('goes down to nothing and up again', async () => {
    await withDataSource(database, (source) => source.undoLastMigration());
    const left = await owner.query(
      `select relname as name from pg_class where relnamespace = 'billing_ledger'::regnamespace and relkind in ('r', 'v') and relname <> 'migrations'
       union all select proname from pg_proc where pronamespace = 'billing_ledger'::regnamespace
       union all select typname from pg_type where typnamespace = 'billing_ledger'::regnamespace and typname not like '%migrations%'`);
    expect(left.rows).toEqual([]);
    await withDataSource(database, (source) => source.runMigrations());
    const again = await new LedgerFixture(runTime).open();
    expect((await again.topup('1')).verdict).toBe('ok');
  });
});
