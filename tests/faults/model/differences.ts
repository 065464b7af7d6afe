import { committedDifferences } from './committed-differences.js';
import { effectDifferences } from './effect-differences.js';
import type { Listener, Observed } from './observed.js';
import { streamDifferences } from './stream-differences.js';

/** Everything in which what was observed is not what must be true; empty when all of it is. */
export function differences(observed: Observed, listeners: readonly Listener[]): string[] {
  return [
    ...committedDifferences(observed),
    ...streamDifferences(observed),
    ...listeners.flatMap((listener) => effectDifferences(observed, listener)),
    ...observed.durables
      .filter(({ pending, unacknowledged }) => pending + unacknowledged > 0)
      .map(({ name, pending, unacknowledged }) => `left over: durable ${name} has ${pending} to deliver, ${unacknowledged} not acknowledged`),
    ...(observed.parked > 0 ? [`left over: ${observed.parked} events are parked`] : []),
  ];
}
