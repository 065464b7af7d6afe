import { aggregateOf } from './committed-differences.js';
import type { Listener, Observed, OutboxEvent } from './observed.js';

/** Whether a consumer handled every event it hears once, in its aggregate's order, and gave up only what it must. */
export function effectDifferences(observed: Observed, { name, types, givesUp }: Listener): string[] {
  const byId = new Map(observed.events.map((event) => [event.id, event]));
  const poisoned = new Set(observed.facts.filter(({ poison }) => givesUp && poison).map(({ mark }) => mark));
  const heard = observed.events.filter(({ type }) => types.includes(type));
  const expected = heard.filter(({ mark }) => !poisoned.has(mark));
  const ids = observed.effects.filter(({ consumer }) => consumer === name).map(({ eventId }) => eventId);
  const dead = observed.deadLetters.filter(({ consumer }) => consumer === name).map(({ eventId }) => eventId);
  return [
    ...setDifferences(`effects of ${name}`, ids, expected, byId),
    ...setDifferences(`dead letters of ${name}`, dead, heard.filter(({ mark }) => poisoned.has(mark)), byId),
    ...orderDifferences(name, ids, byId),
  ];
}

function setDifferences(what: string, ids: readonly string[], expected: readonly OutboxEvent[], byId: Map<string, OutboxEvent>): string[] {
  const found: string[] = [];
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  for (const { id, mark } of expected) {
    const count = counts.get(id) ?? 0;
    if (count === 0) found.push(`${what}: ${mark} is missing`);
    if (count > 1) found.push(`${what}: ${mark} happened ${count} times`);
    counts.delete(id);
  }
  for (const id of counts.keys()) found.push(`${what}: ${byId.get(id)?.mark ?? id} should not be there`);
  return found;
}

function orderDifferences(name: string, ids: readonly string[], byId: Map<string, OutboxEvent>): string[] {
  const found: string[] = [];
  const last = new Map<string, number>();
  for (const event of ids.flatMap((id) => byId.get(id) ?? [])) {
    const before = last.get(aggregateOf(event)) ?? 0;
    if (event.sequence < before) found.push(`order: ${name} handled ${event.mark}, number ${event.sequence} of ${aggregateOf(event)}, after number ${before}`);
    last.set(aggregateOf(event), Math.max(before, event.sequence));
  }
  return found;
}
