import { createHash } from 'node:crypto';
import { StripeApiError } from './stripe-error.js';

const longestKey = 255;

/** Same key and same request: the first answer again. Same key, another request: refused. */
export class IdempotentAnswers {
  private readonly byKey = new Map<string, { request: string; answer: string }>();

  once<T>(key: string | undefined, request: string, work: () => T): { answer: T; replayed: boolean } {
    if (key === undefined) return { answer: work(), replayed: false };
    if (key.length > longestKey) throw refused(`Idempotency keys have at most ${longestKey} characters.`);
    const digest = createHash('sha256').update(request).digest('hex');
    const first = this.byKey.get(key);
    if (first && first.request !== digest)
      throw refused(
        'Keys for idempotent requests can only be used with the same parameters they were first used with.',
      );
    if (first) return { answer: JSON.parse(first.answer) as T, replayed: true };
    const answer = work();
    // Kept as it was told: what happens to the session later does not change the first answer.
    this.byKey.set(key, { request: digest, answer: JSON.stringify(answer) });
    return { answer, replayed: false };
  }
}

const refused = (message: string) => new StripeApiError(400, message, { type: 'idempotency_error' });
