import type { DomainEvent } from '#leadwire/contracts';
import type { JsMsg } from '@nats-io/jetstream';
import type { LaneItem } from './aggregate-lanes.js';
import type { ParkedEvent } from './parking/parked-event.js';
import type { ReceivedEvent } from './received-event.js';
import { understandEvent } from './understand-event.js';

/** An event in the hands of a subscription: from the stream, with the message to acknowledge it by, or parked. */
export interface InHand extends LaneItem {
  readonly event: ReceivedEvent;
  readonly message?: JsMsg;
  readonly parked?: ParkedEvent;
  /** Why it cannot be handed over, whatever the reaction does. */
  readonly fault?: unknown;
  attempts: number;
  /** Attempts that an outage ended. */
  outages: number;
}

/** An event that came from the stream. */
export function fromStream(event: ReceivedEvent, message: JsMsg, fault?: unknown): InHand {
  return { event, message, fault, tenantId: event.tenantId, aggregateId: event.aggregateId, attempts: 0, outages: 0 };
}

/** An event that was parked: perhaps by a consumer of an older version. */
export function fromParked(parked: ParkedEvent, wanted: DomainEvent<any> | undefined): InHand {
  const { attempts } = parked;
  const understood = wanted ? understandEvent(parked.event, wanted) : 'passes';
  const { event, fault } = understood === 'passes' ? { event: parked.event, fault: new Error(`${parked.event.type} is not wanted any more`) } : understood;
  return { event, parked, fault, tenantId: event.tenantId, aggregateId: event.aggregateId, attempts, outages: 0 };
}
