import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { charge, LedgerFixture } from './testing/ledger-fixture.js';
import { createScratchDatabase, RUN_TIME, type ScratchDatabase } from './testing/scratch-database.js';

let database: ScratchDatabase;
let open: (wallet?: Parameters<LedgerFixture['open']>[0]) => Promise<LedgerFixture>;

beforeAll(async () => {
  database = await createScratchDatabase();
  const pool = database.pool(RUN_TIME, 4);
  open = (wallet) => new LedgerFixture(pool).open(wallet);
});
afterAll(() => database.drop());

describe('operations', () => {
  it('funds, reserves, captures by component and gives the rest back', async () => {
    const ledger = await open();
    expect(await ledger.topup('50')).toMatchObject({
      verdict: 'ok', balanceBefore: '0.000000', balanceAfter: '50.000000', available: '50.000000',
    });
    const held = await ledger.reserve('10');
    expect(held).toMatchObject({ verdict: 'ok', balanceAfter: '50.000000', reserved: '10.000000', available: '40.000000' });
    const captured = await ledger.capture(held.reservationId!, [
      { feature: 'voice-agent', provider: 'twilio', price: '2.5', cost: '1.666667' },
      { feature: 'voice-agent', provider: 'openai', price: '0.000003', cost: '0.000002' },
    ]);
    expect(captured).toMatchObject({
      verdict: 'ok', amount: '2.500003', released: '7.499997', balanceBefore: '50.000000',
      balanceAfter: '47.499997', reserved: '0.000000', available: '47.499997',
    });
    const margins = await ledger.as((query) =>
      query('select provider, revenue, provider_cost, margin from ledger_margins order by provider'),
    );
    expect(margins).toEqual([
      { provider: 'openai', revenue: '0.000003', provider_cost: '0.000002', margin: '0.000001' },
      { provider: 'twilio', revenue: '2.500000', provider_cost: '1.666667', margin: '0.833333' },
    ]);
    await ledger.expectSound();
  });

  it('answers 402 material: available, needed and shortfall; and posts nothing', async () => {
    const ledger = await open();
    await ledger.topup('1');
    expect(await ledger.debit(charge('1.000001'))).toMatchObject({
      verdict: 'insufficient', available: '1.000000', amount: '1.000001', shortfall: '0.000001',
    });
    expect(await ledger.reserve('3')).toMatchObject({ verdict: 'insufficient', shortfall: '2.000000' });
    expect(await ledger.count('ledger_postings')).toBe(1);
  });

  it('lets a limit be used up to its end, and unbounded beyond', async () => {
    const limited = await open({ overdraftPolicy: 'limit', overdraftLimit: '5' });
    expect(await limited.debit(charge('5'))).toMatchObject({ verdict: 'ok', available: '-5.000000' });
    expect(await limited.debit(charge('0.000001'))).toMatchObject({ verdict: 'insufficient', shortfall: '0.000001' });
    const unbounded = await open({ overdraftPolicy: 'unbounded' });
    expect(await unbounded.debit(charge('1000000'))).toMatchObject({ verdict: 'ok', balanceAfter: '-1000000.000000' });
    await limited.expectSound();
    await unbounded.expectSound();
  });

  it('resolves a reservation once, within its amount and its time', async () => {
    const ledger = await open();
    await ledger.topup('10');
    const { reservationId } = await ledger.reserve('4');
    expect(await ledger.capture(reservationId!, charge('4.5'))).toMatchObject({
      verdict: 'insufficient', reason: 'above_reservation', shortfall: '0.500000',
    });
    expect(await ledger.release(reservationId!, uuid(), 'expired')).toMatchObject({ verdict: 'invalid', reason: 'not_expired' });
    expect((await ledger.release(reservationId!)).verdict).toBe('ok');
    expect(await ledger.capture(reservationId!, charge('1'))).toMatchObject({
      verdict: 'already_resolved', reason: 'released', released: '4.000000',
    });
    expect(await ledger.release(uuid())).toMatchObject({ verdict: 'not_found', reason: 'reservation' });
    expect(await ledger.wallet()).toEqual({ current: '10.000000', reserved: '0.000000' });
  });

  it('refuses to capture a hold whose time is over, and lets it expire', async () => {
    const ledger = await open();
    await ledger.topup('10');
    const { reservationId } = await ledger.reserve('4', uuid(), uuid(), new Date(Date.now() + 300));
    await expect
      .poll(() => ledger.capture(reservationId!, charge('11')).then((answer) => answer.reason), { timeout: 5_000 })
      .toBe('reservation_expired');
    expect((await ledger.release(reservationId!, uuid(), 'expired')).verdict).toBe('ok');
    expect(await ledger.wallet()).toEqual({ current: '10.000000', reserved: '0.000000' });
    await ledger.expectSound();
  });

  it('reverses once, to the wallet and from the margin', async () => {
    const ledger = await open();
    const topup = await ledger.topup('10');
    const { reservationId } = await ledger.reserve('6');
    const captured = await ledger.capture(reservationId!, charge('2', '1'));
    const reversed = await ledger.reverse(captured.postingId!);
    expect(reversed).toMatchObject({ verdict: 'ok', amount: '2.000000', balanceAfter: '10.000000', available: '10.000000' });
    expect(await ledger.reverse(captured.postingId!)).toMatchObject({ verdict: 'already_resolved', postingId: reversed.postingId });
    expect(await ledger.reverse(reversed.postingId!)).toMatchObject({ verdict: 'invalid', reason: 'not_reversible' });
    await ledger.debit(charge('7'));
    expect(await ledger.reverse(topup.postingId!)).toMatchObject({ verdict: 'insufficient', shortfall: '7.000000' });
    expect(await ledger.reverse(topup.postingId!, uuid(), true)).toMatchObject({ verdict: 'ok', balanceAfter: '-7.000000' });
    const [row] = await ledger.as((query) => query('select sum(revenue) as revenue, sum(margin) as margin from ledger_margins'));
    expect(row).toEqual({ revenue: '7.000000', margin: '7.000000' });
    await ledger.expectSound();
  });

  it('charges nothing to a suspended wallet, but lets it be funded and its holds be settled', async () => {
    const ledger = await open();
    await ledger.topup('10');
    const { reservationId } = await ledger.reserve('1');
    await ledger.as((query) => query("update billing_wallets set status = 'suspended'"));
    expect(await ledger.debit(charge('1'))).toMatchObject({ verdict: 'closed', reason: 'wallet_suspended' });
    expect((await ledger.reserve('1')).verdict).toBe('closed');
    expect((await ledger.topup('1')).verdict).toBe('ok');
    expect((await ledger.capture(reservationId!, charge('1'))).verdict).toBe('ok');
    await ledger.as((query) => query("update billing_wallets set status = 'closed'"));
    expect(await ledger.topup('1')).toMatchObject({ verdict: 'closed', reason: 'wallet_closed' });
  });

  it('opens a wallet once for a tenant and currency', async () => {
    const ledger = await open();
    const again = await ledger.as((query) =>
      query('select * from ledger_open_wallet($1, $2)', [uuid(), 'USD']),
    );
    expect(again[0]).toMatchObject({ verdict: 'replayed', wallet_id: ledger.walletId });
    const unknown = await ledger.as((query) => query('select * from ledger_open_wallet($1, $2)', [uuid(), 'XXX']));
    expect(unknown[0]).toMatchObject({ verdict: 'invalid', reason: 'currency' });
  });
});

describe('idempotency', () => {
  it('answers the first result to the same call, a conflict to another, and lets a refused call try again', async () => {
    const ledger = await open();
    expect((await ledger.debit(charge('3'), 'a')).verdict).toBe('insufficient');
    const first = await ledger.topup('5', 'b');
    await ledger.topup('1', 'c');
    expect(await ledger.topup('5.00', 'b')).toEqual({ ...first, verdict: 'replayed', replayed: true });
    expect(await ledger.topup('6', 'b')).toMatchObject({ verdict: 'conflict', reason: 'idempotency_key_reused', balanceAfter: null });
    expect((await ledger.debit(charge('5'), 'b')).verdict).toBe('conflict');
    expect((await ledger.debit(charge('3'), 'a')).verdict).toBe('ok');
    const held = await ledger.reserve('1', 'd');
    expect(await ledger.reserve('1', 'd')).toEqual({ ...held, verdict: 'replayed', replayed: true });
    const captured = await ledger.capture(held.reservationId!, charge('0.5'), 'e');
    expect(await ledger.capture(held.reservationId!, charge('0.5'), 'e')).toEqual({ ...captured, verdict: 'replayed', replayed: true });
    expect(await ledger.wallet()).toEqual({ current: '2.500000', reserved: '0.000000' });
  });
});

describe('bad input', () => {
  const tooFine = `0.${'0'.repeat(29)}1`;
  const bad = [tooFine, '1.0000001', '-1', '+1', '0', '0.000000', 'NaN', 'Infinity', '1e3', '', ' 1', '1,5', '9999999999999'];

  it.each(bad)('refuses the amount %j everywhere with nothing posted', async (amount) => {
    const ledger = await open({ overdraftPolicy: 'unbounded' });
    const { reservationId } = await ledger.reserve('1');
    const answers = [
      await ledger.topup(amount),
      await ledger.debit(charge(amount)),
      await ledger.reserve(amount),
      await ledger.capture(reservationId!, charge(amount)),
    ];
    expect(answers.map((answer) => `${answer.verdict} ${answer.reason}`)).toEqual(Array(4).fill('invalid amount'));
    expect(await ledger.count('ledger_postings')).toBe(1);
    expect(await ledger.wallet()).toEqual({ current: '0.000000', reserved: '1.000000' });
  });

  it('refuses components that do not say who earns or who costs', async () => {
    const ledger = await open({ overdraftPolicy: 'unbounded' });
    const components = [
      [],
      [{ feature: '', price: '1' }],
      [{ feature: 'sms', price: '1', cost: '0.5' }],
      [{ feature: 'sms', provider: 'twilio', price: '1', cost: '-0.5' }],
      [{ feature: 'sms', provider: 'twilio', price: '0', cost: '1' }],
      [...charge('1'), { feature: 'sms', price: 'NaN' }],
    ];
    for (const one of components) expect((await ledger.debit(one)).verdict).toBe('invalid');
    expect(await ledger.count('ledger_postings')).toBe(0);
  });

  it('refuses another currency, an unknown wallet, a missing key and a missing tenant', async () => {
    const ledger = await open();
    const topup = (currency: string, key: string | null, walletId = ledger.walletId) =>
      ledger.as(async (query) => {
        const sql = `select * from ledger_topup($1, $2, $3, '1', $4, 'stripe_clearing', 'local', null)`;
        return (await query(sql, [uuid(), key, walletId, currency]))[0];
      });
    expect(await topup('EUR', 'k')).toMatchObject({ verdict: 'invalid', reason: 'currency_mismatch' });
    expect(await topup('USD', null)).toMatchObject({ verdict: 'invalid', reason: 'idempotency_key' });
    expect(await topup('USD', 'k', uuid())).toMatchObject({ verdict: 'not_found', reason: 'wallet' });
    const pool = database.pool(RUN_TIME, 1);
    const answer = await pool.query(
      `select * from ledger_topup($1, 'k', $2, '1', 'USD', 'stripe_clearing', 'local', null)`, [uuid(), ledger.walletId]);
    expect(answer.rows[0]).toMatchObject({ verdict: 'invalid', reason: 'tenant_missing' });
  });

  it('adds ten thousand micro-charges up exactly', async () => {
    const ledger = await open({ overdraftPolicy: 'unbounded' });
    const components = Array.from({ length: 100 }, () => charge('0.000001', '0.000001')[0]!);
    const debitMany = `select count(*) filter (where (d).verdict = 'ok') as n from (
      select ledger_debit(gen_random_uuid(), 'micro-' || n, $1, $2, 'USD', null) as d from generate_series(1, 100) n
      offset 0) charges`;
    const [row] = await ledger.as((query) => query(debitMany, [ledger.walletId, JSON.stringify(components)]));
    expect(row?.n).toBe('100');
    expect((await ledger.wallet()).current).toBe('-0.010000');
    const [sums] = await ledger.as((query) => query('select sum(revenue) as r, sum(margin) as m from ledger_margins'));
    expect(sums).toEqual({ r: '0.010000', m: '0.000000' });
    await ledger.expectSound();
  });
});
