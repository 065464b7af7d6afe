import type { DomainEvent } from '#leadwire/contracts';
import { laneFilter, type EventLane } from '../streams/event-subjects.js';
import type { ConsumerSpec } from './consumer.decorator.js';
import type { SubscriptionSource } from './durable.js';

/**
 * What a consumer reads: one durable for each aggregate type, and where it wants urgent events of one, a second on the
 * express lane.
 *
 * Events of one aggregate type come through one durable, so that their order holds across types: it hears them all when
 * the consumer wants several, and lets those pass that it did not ask for.
 *
 * Order with two lanes: each holds an aggregate's events in order, and the express lane holds every predecessor of what it
 * holds. A reader goes on to an aggregate's next event only when the former one's effect has committed, be it its own or
 * the other reader's: the inbox row that stands in its way is waited for until its transaction ended. So whichever reader
 * comes first to an event finds the effects of all its predecessors, and whichever comes second lets it pass. Each reader
 * parks by itself: an event that one of them parked and the other brought through is let pass when its time comes.
 */
export function sourcesOf(spec: ConsumerSpec): SubscriptionSource[] {
  const byAggregate = Map.groupBy(spec.events, (event) => `${event.service}.${event.aggregate}`);
  return [...byAggregate.values()].flatMap((events) => [
    sourceOf(events, 'main'),
    ...(events.some((event) => event.urgent) ? [sourceOf(events, 'express')] : []),
  ]);
}

function sourceOf(events: readonly DomainEvent<any>[], lane: EventLane): SubscriptionSource {
  const [first] = events;
  const name = events.every((event) => event.name === first!.name) ? first!.name : '*';
  return { service: first!.service, aggregate: first!.aggregate, lane, filter: laneFilter(first!, name, lane) };
}
