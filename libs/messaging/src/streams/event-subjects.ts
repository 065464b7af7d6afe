import type { DomainEvent } from '#leadwire/contracts';

/** Where an event travels: with all others, or ahead of them. */
export type EventLane = 'main' | 'express';

/** Slots that aggregates are spread over; a consumer may read each slot by a durable of its own. Part of every subject. */
export const SLOTS = 8;

/** The slot of an aggregate: the last hexadecimal digit of its id, modulo 8. The same aggregate is always in the same slot. */
export function slotOf(aggregateId: string): number {
  return Number.parseInt(aggregateId.at(-1)!, 16) % SLOTS;
}

/** `ev.<service>.<aggregate>.<event>.v<version>.<lane>.<slot>`: where an event is published. The tenant is no part of it. */
export function eventSubject(type: string, version: number, lane: EventLane, aggregateId: string): string {
  return `ev.${type}.v${version}.${lane}.${slotOf(aggregateId)}`;
}

/** The filter that hears a lane of an aggregate type's events: of one event or of all, in one slot or in all. */
export function laneFilter(event: Pick<DomainEvent, 'service' | 'aggregate'>, name: string, lane: EventLane, slot: number | '*' = '*'): string {
  return `ev.${event.service}.${event.aggregate}.${name}.*.${lane}.${slot}`;
}
