import type { Tx } from '#leadwire/database';
import { chosen, type DeadLetterChoice } from './dead-letter-choice.js';

/** Unresolved dead letters of one tenant and consumer. */
export interface ChosenDeadLetters {
  readonly tenantId: string;
  readonly consumer: string;
  readonly count: number;
  /** Which they are; empty unless the choice names ids. */
  readonly ids: readonly string[];
}

/** Whose the unresolved dead letters are that fit a choice; of every tenant in the platform's transaction. */
export function chosenDeadLetters(tx: Tx, choice: DeadLetterChoice): Promise<ChosenDeadLetters[]> {
  const { sql, values } = chosen(choice, 1);
  const ids = choice.ids ? 'array_agg(id::text)' : 'array[]::text[]';
  return tx.query<ChosenDeadLetters>(`
    select tenant_id as "tenantId", consumer, count(*)::int as count, ${ids} as ids
    from dead_letters where ${sql} group by 1, 2 order by 1, 2`, values);
}
