import { ReceivedEvent, type TraceFields } from '../received-event.js';

/** An event in `parked_events`. */
export interface ParkedEvent {
  /** Its row. */
  readonly position: string;
  readonly event: ReceivedEvent;
  readonly attempts: number;
  /** It was a dead letter. */
  readonly retried: boolean;
}

/** An event as its columns tell it: what both parked events and dead letters keep. */
export interface EventRow {
  readonly event_id: string;
  readonly event_type: string;
  readonly event_version: number;
  readonly tenant_id: string;
  readonly aggregate_type: string;
  readonly aggregate_id: string;
  readonly aggregate_sequence: string;
  readonly occurred_at: Date;
  readonly payload: object;
  readonly trace: TraceFields;
}

/** The columns of an event, in the order of `eventValues`. */
export const EVENT_COLUMNS =
  'tenant_id, event_id, event_type, event_version, aggregate_type, aggregate_id, aggregate_sequence, payload, trace, occurred_at';

/** The types of those columns, for unnest. */
export const EVENT_TYPES = ['uuid', 'uuid', 'text', 'int', 'text', 'uuid', 'bigint', 'jsonb', 'jsonb', 'timestamptz'] as const;

/** The values of an event's columns. */
export function eventValues(event: ReceivedEvent): unknown[] {
  return [
    event.tenantId, event.id, event.type, event.version, event.aggregateType, event.aggregateId, event.sequence,
    JSON.stringify(event.payload), JSON.stringify(event.traceFields), event.occurredAt.toISOString(),
  ];
}

/** The event of a row. */
export function eventOfRow(row: EventRow): ReceivedEvent {
  return new ReceivedEvent(
    row.event_id, row.event_type, row.event_version, row.tenant_id, row.aggregate_type, row.aggregate_id,
    Number(row.aggregate_sequence), row.occurred_at, row.payload, row.trace,
  );
}
