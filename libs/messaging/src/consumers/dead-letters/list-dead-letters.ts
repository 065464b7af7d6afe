import type { Tx } from '#leadwire/database';

/** An event that a consumer could not handle. */
export interface DeadLetter {
  readonly id: string;
  readonly tenantId: string;
  readonly consumer: string;
  readonly eventId: string;
  readonly type: string;
  readonly version: number;
  readonly aggregateType: string;
  readonly aggregateId: string;
  readonly sequence: number;
  readonly error: string;
  readonly attempts: number;
  readonly state: 'unresolved' | 'resolved';
  readonly resolution: 'retried' | 'discarded' | null;
  readonly occurredAt: Date;
  readonly createdAt: Date;
  readonly resolvedAt: Date | null;
}

/** A dead letter with what only one at a time is asked for. */
export interface DeadLetterDetail extends DeadLetter {
  readonly payload: object;
  readonly discardReason: string | null;
}

/** Which dead letters to list. */
export interface DeadLetterFilter {
  readonly consumer?: string;
  readonly type?: string;
  readonly state?: 'unresolved' | 'resolved';
}

const COLUMNS = `id, tenant_id as "tenantId", consumer, event_id as "eventId", event_type as type, event_version as version,
  aggregate_type as "aggregateType", aggregate_id as "aggregateId", aggregate_sequence::float8 as sequence, error, attempts,
  case when resolved_at is null then 'unresolved' else 'resolved' end as state, resolution,
  occurred_at as "occurredAt", created_at as "createdAt", resolved_at as "resolvedAt"`;

// Ids are UUIDv7: their order is that in which the letters were first written.
const FITTING = `dead_letters
  where ($1::text is null or consumer = $1) and ($2::text is null or event_type = $2)
    and ($3::text is null or (resolved_at is null) = ($3 = 'unresolved'))`;
const LIST = `select ${COLUMNS} from ${FITTING} and ($4::uuid is null or id < $4) order by id desc limit $5`;

/**
 * The dead letters that fit the filter, the latest first: at most `limit`, after the one whose id is given. Those of the
 * transaction's tenant; of every tenant in the platform's.
 */
export function listDeadLetters(tx: Tx, filter: DeadLetterFilter, limit: number, after?: string): Promise<DeadLetter[]> {
  return tx.query<DeadLetter>(LIST, [...valuesOf(filter), after ?? null, limit]);
}

/** How many there are of what `listDeadLetters` lists. */
export async function countDeadLetters(tx: Tx, filter: DeadLetterFilter): Promise<number> {
  const [row] = await tx.query<{ count: number }>(`select count(*)::int as count from ${FITTING}`, valuesOf(filter));
  return row!.count;
}

function valuesOf({ consumer, type, state }: DeadLetterFilter): (string | null)[] {
  return [consumer ?? null, type ?? null, state ?? null];
}

/** A dead letter with its payload, or undefined when the transaction sees none of that id. */
export async function readDeadLetter(tx: Tx, id: string): Promise<DeadLetterDetail | undefined> {
  const [row] = await tx.query<DeadLetterDetail>(`select ${COLUMNS}, payload, discard_reason as "discardReason" from dead_letters where id = $1`, [id]);
  return row;
}
