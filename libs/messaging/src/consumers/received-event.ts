import { EventHeaders, extractTrace } from '#leadwire/bus';
import type { DomainEvent } from '#leadwire/contracts';
import { isId } from '#leadwire/kernel';
import type { JsMsg } from '@nats-io/jetstream';
import type { Context } from '@opentelemetry/api';

/** An event as a consumer gets it. */
export class ReceivedEvent<P extends object = object> {
  constructor(
    readonly id: string,
    readonly type: string,
    readonly version: number,
    readonly tenantId: string,
    readonly aggregateType: string,
    readonly aggregateId: string,
    /** Counts the aggregate's events from 1: a consumer that hears all of them sees a gap by itself. */
    readonly sequence: number,
    /** When its row was written, just before its transaction committed. */
    readonly occurredAt: Date,
    readonly payload: P,
    readonly trace: Context,
  ) {}

  /** Narrows the payload to that of a declared event. */
  is<Q extends object>(event: DomainEvent<Q>): this is ReceivedEvent<Q> {
    return this.type === event.type;
  }
}

/** Reads an event off a stream message; throws on one that is no event of this platform. */
export function readEvent(message: JsMsg): ReceivedEvent {
  const header = (name: string): string => {
    const value = message.headers?.get(name);
    if (!value) throw new Error(`message on ${message.subject} lacks the header ${name}`);
    return value;
  };
  const id = (name: string): string => {
    const value = header(name);
    if (!isId(value)) throw new Error(`message on ${message.subject} has a ${name} that is no id`);
    // One spelling, so that an id is one aggregate, one tenant, one inbox row everywhere.
    return value.toLowerCase();
  };
  return new ReceivedEvent(
    id(EventHeaders.id),
    header(EventHeaders.type),
    Number(header(EventHeaders.version)),
    id(EventHeaders.tenant),
    header(EventHeaders.aggregateType),
    id(EventHeaders.subject),
    Number(header(EventHeaders.sequence)),
    new Date(header(EventHeaders.time)),
    message.json<object>(),
    extractTrace(message.headers),
  );
}
