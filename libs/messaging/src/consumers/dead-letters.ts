import type { Database } from '#leadwire/database';
import { newId } from '#leadwire/kernel';
import type { ReceivedEvent } from './received-event.js';

const BURY = `
  insert into dead_letters (id, consumer, event_id, event_type, event_version, aggregate_type, aggregate_id,
                            aggregate_sequence, payload, error, attempts, occurred_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
  on conflict (tenant_id, consumer, event_id) do update
    set error = excluded.error, attempts = excluded.attempts, resolved_at = null`;

/** Keeps an event that could not be handled, with the error and all that a retry needs. */
export async function buryEvent(
  database: Database,
  consumer: string,
  event: ReceivedEvent,
  error: unknown,
  attempts: number,
): Promise<void> {
  await database.forTenantAsService(event.tenantId, (tx) =>
    tx.query(BURY, [
      newId(), consumer, event.id, event.type, event.version, event.aggregateType, event.aggregateId,
      event.sequence, JSON.stringify(event.payload), describe(error), attempts, event.occurredAt,
    ]),
  );
}

const LONGEST_ERROR = 20_000;

// PostgreSQL's text holds no NUL; an error that quotes one must not keep its event from being buried.
function describe(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return text.replaceAll('\0', '').slice(0, LONGEST_ERROR);
}
