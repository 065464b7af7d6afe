import { aggregateOf } from './committed-differences.js';
import type { Observed, OutboxEvent } from './observed.js';

/** Whether the stream holds every event once, in its aggregate's order, on each lane it travels. */
export function streamDifferences({ events, stream }: Observed): string[] {
  const byId = new Map(events.map((event) => [event.id, event]));
  const lanes = Map.groupBy(stream, ({ lane }) => lane);
  const found: string[] = [];
  const seen: Record<string, Set<string>> = {};
  for (const [lane, messages] of lanes) seen[lane] = laneDifferences(lane, messages.map(({ eventId }) => eventId), byId, found);
  for (const event of events) {
    if (!seen.main?.has(event.id)) found.push(`stream: event ${event.mark} was never published`);
    if (event.urgent && !seen.express?.has(event.id)) found.push(`stream: urgent event ${event.mark} was never published ahead`);
  }
  return found;
}

function laneDifferences(lane: string, ids: string[], byId: Map<string, OutboxEvent>, found: string[]): Set<string> {
  const last = new Map<string, number>();
  const seen = new Set<string>();
  for (const id of ids) {
    const event = byId.get(id);
    if (!event) found.push(`stream: ${lane} holds ${id}, which never committed`);
    else if (seen.has(id)) found.push(`stream: ${lane} holds event ${event.mark} twice`);
    else {
      const before = last.get(aggregateOf(event)) ?? 0;
      if (event.sequence !== before + 1) found.push(`stream: on ${lane} event ${event.mark} is number ${event.sequence} after ${before} of ${aggregateOf(event)}`);
      last.set(aggregateOf(event), event.sequence);
      seen.add(id);
    }
  }
  return seen;
}
