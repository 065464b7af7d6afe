import { EventHeaders } from '#leadwire/bus';
import type { ServiceName } from '#leadwire/contracts';
import { slotOf } from '#leadwire/messaging';
import type { JsMsg } from '@nats-io/jetstream';

/** An event as it stands on a stream. */
export interface ToldEvent {
  readonly time: Date;
  readonly service: ServiceName;
  readonly type: string;
  readonly version: number;
  readonly lane: string;
  readonly id: string;
  readonly tenantId: string;
  readonly aggregateType: string;
  readonly aggregateId: string;
  readonly sequence: number;
  readonly payload: unknown;
}

/** Which events are wanted: those that fit all that is given. */
export interface Wanted {
  readonly type?: string;
  readonly tenantId?: string;
  readonly aggregateId?: string;
  readonly lane?: 'main' | 'express';
}

/** Reads an event off a message, whatever it holds: what a foreign message lacks is left empty. */
export function toldEvent(service: ServiceName, message: JsMsg): ToldEvent {
  const field = (name: string): string => message.headers?.get(name) ?? '';
  return {
    time: timeOf(field(EventHeaders.time), message),
    service,
    type: field(EventHeaders.type) || message.subject,
    version: Number(field(EventHeaders.version)),
    lane: message.subject.split('.').at(-2) ?? '',
    id: field(EventHeaders.id),
    tenantId: field(EventHeaders.tenant),
    aggregateType: field(EventHeaders.aggregateType),
    aggregateId: field(EventHeaders.subject),
    sequence: Number(field(EventHeaders.sequence)),
    payload: payloadOf(message),
  };
}

/** Whether an event is among those wanted. */
export function fits(event: ToldEvent, { type, tenantId, aggregateId, lane }: Wanted): boolean {
  const same = (wanted: string | undefined, value: string): boolean => wanted === undefined || wanted === value.toLowerCase();
  return same(type, event.type) && same(tenantId, event.tenantId) && same(aggregateId, event.aggregateId) && same(lane, event.lane);
}

/** The subjects of a service's stream that hold what is wanted: the server leaves the rest out as far as they tell. */
export function subjectOf(service: ServiceName, { type, aggregateId, lane }: Wanted): string {
  return `ev.${type ?? `${service}.*.*`}.*.${lane ?? '*'}.${aggregateId ? slotOf(aggregateId) : '*'}`;
}

function timeOf(text: string, message: JsMsg): Date {
  const told = new Date(text);
  return Number.isNaN(told.getTime()) ? message.time : told;
}

function payloadOf(message: JsMsg): unknown {
  try {
    return message.json();
  } catch {
    return message.string();
  }
}
