import { echoed, halted, stepped } from '../replica/events.js';
import type { Listener } from './observed.js';

const JOURNEYS = [stepped.type, halted.type];

/** What the consumers of the replicas are to do, said once more, apart from how they are built. */
export const LISTENERS: readonly Listener[] = [
  ...['single', 'batched', 'slow', 'chain', 'throwing'].map((name) => ({ name, types: JOURNEYS, givesUp: false })),
  { name: 'giving-up', types: JOURNEYS, givesUp: true },
  { name: 'listener', types: [echoed.type], givesUp: false },
];
