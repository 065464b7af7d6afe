import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LedgerResult } from './ledger-result.js';
import { charge, LedgerFixture } from './testing/ledger-fixture.js';
import { createScratchDatabase, RUN_TIME, type ScratchDatabase } from './testing/scratch-database.js';

const CONNECTIONS = 32;

let database: ScratchDatabase;
let open: (wallet?: Parameters<LedgerFixture['open']>[0]) => Promise<LedgerFixture>;

beforeAll(async () => {
  database = await createScratchDatabase();
  const pool = database.pool(RUN_TIME, CONNECTIONS);
  open = (wallet) => new LedgerFixture(pool).open(wallet);
});
afterAll(() => database.drop());

const times = <T>(count: number, work: (n: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, n) => work(n)));

const countOf = (answers: LedgerResult[], verdict: string): number =>
  answers.filter((answer) => answer.verdict === verdict).length;

describe('32 connections on one wallet', () => {
  it('spend it to zero, never below, and lose nothing', async () => {
    const ledger = await open();
    await ledger.topup('10');
    const answers = await times(320, () => ledger.debit(charge('0.07', '0.03')));
    expect(countOf(answers, 'ok')).toBe(142); // 142 × 0.07 = 9.94: the 143rd does not fit
    expect(countOf(answers, 'insufficient')).toBe(178);
    expect(await ledger.wallet()).toEqual({ current: '0.060000', reserved: '0.000000' });
    await ledger.expectSound();
  });

  it('reserve, capture, release, fund, debit and reverse at once without deadlock', async () => {
    const ledger = await open();
    await ledger.topup('100');
    const answers = await times(160, async (n) => {
      if (n % 4 === 3) {
        const debited = await ledger.debit([...charge('0.2'), { feature: `feature-${n % 7}`, provider: `p${n % 5}`, price: '0.1', cost: '0.05' }]);
        return [debited, await ledger.reverse(debited.postingId!), await ledger.topup('0.01')];
      }
      const held = await ledger.reserve('0.5');
      return [held, n % 4 ? await ledger.capture(held.reservationId!, charge('0.3', '0.2')) : await ledger.release(held.reservationId!)];
    });
    expect(countOf(answers.flat(), 'ok')).toBe(answers.flat().length);
    expect(await ledger.wallet()).toEqual({ current: '76.400000', reserved: '0.000000' }); // 100 + 40 × 0.01 - 80 × 0.3
    await ledger.expectSound();
  });

  it('capture and release of one reservation: one wins, the other is told', async () => {
    const ledger = await open();
    await ledger.topup('100');
    for (let round = 0; round < 20; round++) {
      const { reservationId } = await ledger.reserve('1');
      const answers = await Promise.all([
        ledger.capture(reservationId!, charge('1')),
        ledger.release(reservationId!),
        ledger.capture(reservationId!, charge('0.5')),
      ]);
      expect(countOf(answers, 'ok')).toBe(1);
      expect(countOf(answers, 'already_resolved')).toBe(2);
    }
    await ledger.expectSound();
  });

  it('many wallets of one tenant open the same new accounts without deadlock', async () => {
    const first = await open();
    const wallets = await times(CONNECTIONS, async () => {
      const opened = await first.as((query) =>
        query('select * from ledger_open_wallet($1, $2, $3, $4)', [uuid(), 'USD', uuid(), 'unbounded']),
      );
      return String(opened[0]?.wallet_id);
    });
    const features = ['a', 'b', 'c', 'd', 'e', 'f'];
    const answers = await times(CONNECTIONS, async (n) => {
      const order = [...features.slice(n % 6), ...features.slice(0, n % 6)];
      const components = order.map((feature) => ({ feature, provider: feature, price: '0.01', cost: '0.005' }));
      const sql = "select verdict from ledger_debit($1, $2, $3, $4, 'USD', null)";
      return first.as((query) => query(sql, [uuid(), uuid(), wallets[n], JSON.stringify(components)]));
    });
    expect(answers.flat()).toEqual(Array(CONNECTIONS).fill({ verdict: 'ok' }));
    await first.expectSound();
  });
});

describe('the same key many times at once', () => {
  it('50 times: one posting, one answer', async () => {
    const ledger = await open();
    const answers = await times(50, () => ledger.topup('5', 'once'));
    expect(countOf(answers, 'ok')).toBe(1);
    expect(countOf(answers, 'replayed')).toBe(49);
    expect(new Set(answers.map((answer) => answer.postingId)).size).toBe(1);
    expect(await ledger.count('ledger_postings')).toBe(1);
    expect((await ledger.wallet()).current).toBe('5.000000');
  });

  it('through different wallets, whose locks are not shared: one posting, the others are told', async () => {
    const ledger = await open();
    const wallets = await times(8, async () => {
      const opened = await ledger.as((query) => query('select wallet_id from ledger_open_wallet($1, $2, $3)', [uuid(), 'USD', uuid()]));
      return String(opened[0]?.wallet_id);
    });
    const answers = await times(24, (n) => ledger.topup('5', 'once', wallets[n % 8]));
    expect(countOf(answers, 'ok')).toBe(1);
    expect(countOf(answers, 'replayed')).toBe(2);
    expect(countOf(answers, 'conflict')).toBe(21);
    await ledger.expectSound();
  });
});
