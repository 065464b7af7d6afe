import type { TenantTx } from '#leadwire/database';
import { chosen, type DeadLetterChoice } from './dead-letter-choice.js';

/**
 * Gives the tenant's chosen unresolved dead letters up for good, with a reason, and answers how many. One that waits for
 * a retry does not run any more; one that runs at this moment is discarded when it has ended, if it failed.
 */
export async function discardDeadLetters(tx: TenantTx, choice: DeadLetterChoice, reason: string): Promise<number> {
  const { sql, values } = chosen(choice, 2);
  const [row] = await tx.query<{ count: number }>(`
    with letters as (
      update dead_letters set resolved_at = clock_timestamp(), resolution = 'discarded', discard_reason = $1
      where ${sql} returning lane, consumer, event_id, event_type, occurred_at
    ),
    waiting as (
      delete from parked_events p using letters l where p.lane = l.lane and p.event_id = l.event_id and p.retried
      returning p.consumer, p.event_id, p.event_type, p.occurred_at
    ),
    handled as (insert into inbox (consumer, event_id, event_type, occurred_at) select * from waiting on conflict do nothing)
    select count(*)::int as count from letters`, [reason, ...values]);
  return row!.count;
}
