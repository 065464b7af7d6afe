import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { charge, LedgerFixture } from './testing/ledger-fixture.js';
import { LedgerModel, type Operation, type Outcome } from './testing/ledger-model.js';
import { createScratchDatabase, RUN_TIME, type ScratchDatabase } from './testing/scratch-database.js';

let database: ScratchDatabase;
beforeAll(async () => {
  database = await createScratchDatabase();
});
afterAll(() => database.drop());

const amount = fc.oneof(fc.integer({ min: 1, max: 9_999_999 }), fc.constantFrom(1, 1_000_000, 5_000_000));
const target = fc.nat({ max: 12 });
const key = fc.option(fc.nat({ max: 25 }), { nil: undefined, freq: 3 });
const operation: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({ kind: fc.constant('topup' as const), amount, key }),
  fc.record({ kind: fc.constant('debit' as const), amount, key }),
  fc.record({ kind: fc.constant('reserve' as const), amount, key }),
  fc.record({ kind: fc.constant('capture' as const), amount, target, key }),
  fc.record({ kind: fc.constant('release' as const), target, key }),
  fc.record({ kind: fc.constant('reverse' as const), target, key }),
);

// One in five is sent a second time at once, as a caller does that lost the answer.
const operations = fc
  .array(fc.tuple(operation, fc.nat({ max: 4 })), { minLength: 10, maxLength: 60, size: 'max' })
  .map((drawn) =>
    drawn.flatMap(([op, retry], n) => {
      const keyed = { op, keyText: op.key === undefined ? `new-${n}` : `again-${op.key}` };
      return retry === 0 ? [keyed, keyed] : [keyed];
    }),
  );

const decimal = (micros: bigint | number): string => {
  const digits = (BigInt(micros) < 0n ? -BigInt(micros) : BigInt(micros)).toString().padStart(7, '0');
  return `${BigInt(micros) < 0n ? '-' : ''}${digits.slice(0, -6)}.${digits.slice(-6)}`;
};

/** Plays operations on the real ledger; targets are numbers of earlier reservations and postings. */
class RealLedger {
  private readonly reservations: string[] = [];
  private readonly postings: string[] = [];

  constructor(private readonly fixture: LedgerFixture) {}

  async play(op: Operation, keyText: string): Promise<Outcome> {
    const answer = await this.send(op, keyText);
    if (answer.verdict === 'ok') {
      this.postings.push(answer.postingId!);
      if (op.kind === 'reserve') this.reservations.push(answer.reservationId!);
    }
    const posted = answer.verdict === 'ok' || answer.verdict === 'replayed';
    return { verdict: answer.verdict, posting: posted ? this.postings.indexOf(answer.postingId!) : -1 };
  }

  private send(op: Operation, keyText: string) {
    const nobody = '00000000-0000-7000-8000-000000000000';
    switch (op.kind) {
      case 'topup':
        return this.fixture.topup(decimal(op.amount), keyText);
      case 'debit':
        return this.fixture.debit(charge(decimal(op.amount), '0.000001'), keyText);
      case 'reserve':
        return this.fixture.reserve(decimal(op.amount), keyText);
      case 'capture':
        return this.fixture.capture(this.reservations[op.target] ?? nobody, charge(decimal(op.amount)), keyText);
      case 'release':
        return this.fixture.release(this.reservations[op.target] ?? nobody, keyText);
      case 'reverse':
        return this.fixture.reverse(this.postings[op.target] ?? nobody, keyText);
    }
  }
}

describe('the ledger and a simple model of it', () => {
  it('agree on every verdict and to the last digit, whatever comes in whatever order', async () => {
    const seen = new Map<string, number>();
    const pool = database.pool(RUN_TIME, 1);
    await fc.assert(
      fc.asyncProperty(operations, fc.constantFrom(0, 3_000_000), async (ops, limit) => {
        const fixture = await new LedgerFixture(pool).open(
          limit ? { overdraftPolicy: 'limit', overdraftLimit: decimal(limit) } : {},
        );
        const model = new LedgerModel(BigInt(limit));
        const real = new RealLedger(fixture);
        for (const [n, { op, keyText }] of ops.entries()) {
          const expected = model.play(op, keyText);
          expect(await real.play(op, keyText), `${n}: ${JSON.stringify(op)}`).toEqual(expected);
          seen.set(`${op.kind} ${expected.verdict}`, (seen.get(`${op.kind} ${expected.verdict}`) ?? 0) + 1);
        }
        expect(await fixture.wallet()).toEqual({ current: decimal(model.current), reserved: decimal(model.reserved) });
        await fixture.expectSound();
      }),
      { seed: 20_251_124, numRuns: 50 },
    );
    // A generator that reaches nothing proves nothing.
    const reached = ['topup ok', 'debit ok', 'debit insufficient', 'reserve ok', 'capture ok', 'capture already_resolved',
      'capture insufficient', 'release ok', 'release already_resolved', 'reverse ok', 'reverse already_resolved',
      'reverse insufficient', 'topup conflict', 'reverse invalid', 'release not_found', 'topup replayed',
      'debit replayed', 'reserve replayed', 'capture replayed', 'release replayed', 'reverse replayed'];
    expect(reached.filter((what) => !seen.has(what))).toEqual([]);
  }, 120_000);
});
