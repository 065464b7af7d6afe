import { EventHeaders } from '#leadwire/bus';
import type { MsgHdrs } from '@nats-io/transport-node';
import { idHeader } from '../servers/one-inbox-publisher.js';
import type { BareRow } from './bare-outbox.js';

/** The headers that the product's relay sends (CloudEvents 1.0, binary mode): what they cost, written barely. */
export function cloudEventsHeader(row: BareRow): MsgHdrs {
  const head = idHeader(row.id);
  head.set(EventHeaders.id, row.id);
  head.set(EventHeaders.source, '/leadwire/leads');
  head.set(EventHeaders.specVersion, '1.0');
  head.set(EventHeaders.type, row.event_type);
  head.set(EventHeaders.time, row.created_at.toISOString());
  head.set(EventHeaders.subject, row.aggregate_id);
  head.set(EventHeaders.tenant, row.tenant_id);
  head.set(EventHeaders.version, String(row.event_version));
  head.set(EventHeaders.aggregateType, row.aggregate_type);
  head.set(EventHeaders.sequence, row.aggregate_sequence);
  return head;
}
