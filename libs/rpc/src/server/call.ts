import type { Operation } from '#leadwire/contracts';
import type { Database, TenantTx } from '#leadwire/database';
import { Problems, type CallScope, type Caller } from '#leadwire/kernel';
import { createHash } from 'node:crypto';

const LONGEST_KEY = 255;

/** Thrown inside a transaction to leave it: the answer was given before. */
export class AnsweredBefore extends Error {
  constructor(readonly answer: unknown) {
    super('answered before');
  }
}

/** One request to an operation: its validated input, who calls, and the transaction it may make. */
export class Call<I extends object = object> {
  constructor(
    readonly operation: Operation<I, object | void>,
    readonly input: I,
    readonly caller: Caller,
    readonly idempotencyKey: string | undefined,
    private readonly scope: CallScope,
    private readonly database: Database,
  ) {}

  get requestId(): string {
    return this.scope.requestId;
  }

  /** When the caller stops waiting, ms since the epoch. */
  get deadline(): number {
    return this.scope.deadline;
  }

  /** Aborts when the caller gives up or the deadline passes; its reason is the Problem to end with. */
  get signal(): AbortSignal {
    return this.scope.signal;
  }

  get tenantId(): string {
    return this.caller.tenantId;
  }

  /**
   * The operation's change, in one transaction for the caller's tenant; what it returns is the operation's answer.
   * With an Idempotency-Key the answer is kept in the same transaction: the same key and input get it again, without
   * the work; another input is refused; of two at once the second waits for the first. Not begun for a caller who has
   * given up meanwhile; once begun it is let finish.
   */
  transaction<T>(work: (tx: TenantTx) => Promise<T>): Promise<T> {
    return this.database.forTenant(this.caller, async (tx) => {
      // The connection may have been waited for longer than the caller waits.
      this.scope.throwIfOver();
      const key = this.operation.effect === 'write' ? this.idempotencyKey : undefined;
      if (!key) return work(tx);
      await this.claim(tx, key);
      const answer = await work(tx);
      await this.keep(tx, key, answer);
      return answer;
    });
  }

  private async claim(tx: TenantTx, key: string): Promise<void> {
    if (key.length > LONGEST_KEY) throw Problems.invalid({ detail: `An Idempotency-Key is at most ${LONGEST_KEY} characters long.` });
    const hash = createHash('sha256').update(canonicalJson(this.input)).digest('hex');
    const [won] = await tx.query(
      `insert into idempotency_keys (operation, key, request_hash) values ($1, $2, $3) on conflict do nothing returning key`,
      [this.operation.id, key, hash],
    );
    if (won) return;
    const [before] = await tx.query<{ request_hash: string; answer: unknown }>(
      `select request_hash, answer from idempotency_keys where operation = $1 and key = $2`,
      [this.operation.id, key],
    );
    if (before!.request_hash !== hash) throw Problems.idempotencyConflict();
    if (this.operation.secretAnswer) throw Problems.idempotencyNotKept();
    throw new AnsweredBefore(before!.answer);
  }

  private async keep(tx: TenantTx, key: string, answer: unknown): Promise<void> {
    if (this.operation.secretAnswer) return;
    await tx.query(`update idempotency_keys set answer = $3 where operation = $1 and key = $2`, [
      this.operation.id,
      key,
      JSON.stringify(answer ?? null),
    ]);
  }
}

// A JSON object has no order: the same body written by another library is the same request.
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
