/** A row of the outbox, as the relay reads it: in the order of `OUTBOX_COLUMNS`. */
export type OutboxRow = readonly [
  position: string,
  id: string,
  tenantId: string,
  type: string,
  version: number,
  aggregateType: string,
  aggregateId: string,
  sequence: string,
  payload: string,
  metadata: string,
  urgent: boolean,
  createdAt: string,
];

/** Names for the places of an `OutboxRow`. */
export const At = {
  position: 0,
  id: 1,
  tenantId: 2,
  type: 3,
  version: 4,
  aggregateType: 5,
  aggregateId: 6,
  sequence: 7,
  payload: 8,
  metadata: 9,
  urgent: 10,
  createdAt: 11,
} as const;

/** What is read of a row. Moments as epoch milliseconds: read by the driver they would cost as much as all the rest. */
export const OUTBOX_COLUMNS = `e.position, e.id, e.tenant_id, e.event_type, e.event_version, e.aggregate_type, e.aggregate_id,
  e.aggregate_sequence, e.payload::text, e.metadata::text, e.urgent, (extract(epoch from e.created_at) * 1000)::float8::text`;
