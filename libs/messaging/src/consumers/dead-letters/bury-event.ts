import type { Database } from '#leadwire/database';
import { newId } from '#leadwire/kernel';
import { errorText } from '../error-text.js';
import { EVENT_COLUMNS, eventValues } from '../parking/parked-event.js';
import type { ReceivedEvent } from '../received-event.js';

// The inbox row goes with it, so that neither a redelivery nor the express copy runs it again; if there is one already,
// another lane has handled the event in the meantime, and it is no dead letter.
const BURY = `
  with claimed as (
    insert into inbox (consumer, event_id, event_type, occurred_at) values ($3::text, $7::uuid, $8::text, $15::timestamptz) on conflict do nothing returning 1
  )
  insert into dead_letters (id, lane, consumer, error, attempts, ${EVENT_COLUMNS})
  select $1::uuid, $2::text, $3::text, $4::text, $5::int, $6::uuid, $7::uuid, $8::text, $9::int, $10::text, $11::uuid, $12::bigint, $13::jsonb, $14::jsonb, $15::timestamptz
  where exists (select from claimed)
  on conflict (tenant_id, consumer, event_id) do update
    set lane = excluded.lane, error = excluded.error, attempts = excluded.attempts, resolved_at = null, resolution = null`;

/** What gave an event up. */
export interface Burial {
  readonly lane: string;
  readonly consumer: string;
  readonly error: unknown;
  readonly attempts: number;
}

/** Keeps an event that could not be handled, with the error and all that a retry needs. Its aggregate goes on without it. */
export async function buryEvent(database: Database, event: ReceivedEvent, burial: Burial): Promise<void> {
  const { lane, consumer, error, attempts } = burial;
  await database.forTenantAsService(event.tenantId, (tx) =>
    tx.query(BURY, [newId(), lane, consumer, errorText(error), attempts, ...eventValues(event)]));
}
