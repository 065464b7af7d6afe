import type { JsMsg } from '@nats-io/jetstream';
import type { LaneItem } from './aggregate-lanes.js';
import type { ParkedEvent } from './parking/parked-event.js';
import type { ReceivedEvent } from './received-event.js';

/** An event in the hands of a subscription: from the stream, with the message to acknowledge it by, or parked. */
export interface InHand extends LaneItem {
  readonly event: ReceivedEvent;
  readonly message?: JsMsg;
  readonly parked?: ParkedEvent;
  attempts: number;
  /** Attempts that an outage ended. */
  outages: number;
}

/** An event that came from the stream. */
export function fromStream(event: ReceivedEvent, message: JsMsg): InHand {
  return { event, message, tenantId: event.tenantId, aggregateId: event.aggregateId, attempts: 0, outages: 0 };
}

/** An event that was parked. */
export function fromParked(parked: ParkedEvent): InHand {
  const { event, attempts } = parked;
  return { event, parked, tenantId: event.tenantId, aggregateId: event.aggregateId, attempts, outages: 0 };
}
