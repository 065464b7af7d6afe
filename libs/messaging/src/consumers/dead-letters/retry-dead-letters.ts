import type { TenantTx } from '#leadwire/database';
import { EVENT_COLUMNS } from '../parking/parked-event.js';
import { chosen, type DeadLetterChoice } from './dead-letter-choice.js';

/**
 * Hands the tenant's chosen unresolved dead letters to their consumers again and answers how many. They run in the
 * consumer's process within a second or two, through the parked events of their lane, with their attempts counted anew;
 * each is resolved once it has had its effect, and unresolved with its new error when it fails for good again.
 *
 * Their aggregate has gone on without them in the meantime: a consumer that minds must look at the sequence.
 */
export async function retryDeadLetters(tx: TenantTx, choice: DeadLetterChoice): Promise<number> {
  const { sql, values } = chosen(choice, 1);
  // The inbox row leaves in the same transaction, so that the event is fresh again. One that is being retried already
  // is not made fresh a second time: its row in parked_events stands until it is done.
  const [row] = await tx.query<{ count: number }>(`
    with letters as (select * from dead_letters where ${sql} for update),
    parked as (
      insert into parked_events (lane, consumer, ${EVENT_COLUMNS}, retried, due_at)
      select lane, consumer, ${EVENT_COLUMNS}, true, clock_timestamp() from letters order by occurred_at, aggregate_sequence
      on conflict do nothing returning consumer, event_id
    ),
    fresh as (delete from inbox i using parked p where i.consumer = p.consumer and i.event_id = p.event_id)
    select count(*)::int as count from letters`, values);
  return row!.count;
}
