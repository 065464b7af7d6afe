import { EventHeaders } from '#leadwire/bus';
import { headers, type MsgHdrs } from '@nats-io/transport-node';

/** A row of the outbox, as the relay reads it. */
export interface OutboxRow {
  position: string;
  id: string;
  tenant_id: string;
  event_type: string;
  event_version: number;
  aggregate_type: string;
  aggregate_id: string;
  aggregate_sequence: string;
  payload: string;
  metadata: { trace?: Record<string, string> };
  created_at: Date;
}

/** The CloudEvents headers (binary mode) of an event, and the trace it belongs to. */
export function eventHeaders(row: OutboxRow, service: string): MsgHdrs {
  const fields: Record<string, string> = {
    'Nats-Msg-Id': row.id,
    [EventHeaders.id]: row.id,
    [EventHeaders.source]: `/leadwire/${service}`,
    [EventHeaders.specVersion]: '1.0',
    [EventHeaders.type]: row.event_type,
    [EventHeaders.time]: row.created_at.toISOString(),
    [EventHeaders.subject]: row.aggregate_id,
    [EventHeaders.tenant]: row.tenant_id,
    [EventHeaders.version]: String(row.event_version),
    [EventHeaders.aggregateType]: row.aggregate_type,
    [EventHeaders.sequence]: row.aggregate_sequence,
    ...row.metadata.trace,
  };
  const result = headers();
  for (const [name, value] of Object.entries(fields)) result.set(name, value);
  return result;
}
