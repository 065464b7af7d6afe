import type { FaultKind } from './every-fault.js';
import type { Random } from './random.js';

/** A fault that will happen: when, and the numbers that decide its parameters. */
export interface PlannedFault {
  readonly atMs: number;
  readonly kind: FaultKind;
  readonly random: Random;
}

const BETWEEN_MS = 1_200;
const QUIET_START_MS = 1_000;

/** The faults of a seed, in the order of their times. Every kind comes before any comes again. */
export function schedule(random: Random, kinds: readonly FaultKind[], lengthMs: number): PlannedFault[] {
  const count = Math.max(kinds.length, Math.round((lengthMs - QUIET_START_MS) / BETWEEN_MS));
  const planned: PlannedFault[] = [];
  let deck: FaultKind[] = [];
  for (let i = 0; i < count; i++) {
    if (deck.length === 0) deck = [...kinds];
    const [kind] = deck.splice(random.whole(0, deck.length - 1), 1);
    planned.push({ atMs: random.whole(QUIET_START_MS, lengthMs), kind: kind!, random: random.fork() });
  }
  return planned.sort((a, b) => a.atMs - b.atMs);
}
