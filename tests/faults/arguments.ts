import { parseArgs } from 'node:util';
import { FAULT_KINDS, type FaultKind } from './plan/every-fault.js';
import { BREAKS, type Break } from './replica/orders.js';

/** Seeds to be played in one way. */
export interface Round {
  /** For a part that is broken on purpose: until one of them shows it. */
  readonly seeds: readonly number[];
  readonly kinds: readonly FaultKind[];
  /** How long faults happen, ms. */
  readonly lengthMs: number;
  readonly broken?: Break;
}

const SEEDS = 10;
const SEEDS_TO_CATCH = 3;
const LENGTH_S = 20;
const LENGTH_TO_CATCH_S = 6;
// `npm test` takes the same seeds every time.
const SHORT_SEED = 1;
const SHORT_S = 8;
const SHORT_TO_CATCH_S = 3;
// What brings a broken part to light soonest: deliveries that come again, and processes that take over.
const REVEALING: readonly FaultKind[] = ['redeliver', 'kill', 'duplicate'];

/** Reads the command line; throws with one sentence when it means nothing. */
export function readArguments(args: readonly string[], freshSeed: () => number): Round[] {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: 'string' },
      seeds: { type: 'string' },
      only: { type: 'string' },
      seconds: { type: 'string' },
      break: { type: 'string' },
      short: { type: 'boolean' },
    },
  });
  if (values.short) return [{ seeds: [SHORT_SEED], kinds: FAULT_KINDS, lengthMs: SHORT_S * 1_000 }, ...BREAKS.map((each) => toCatch(each, [SHORT_SEED, SHORT_SEED + 1], SHORT_TO_CATCH_S))];
  const fresh = (count: number): number[] => Array.from({ length: count }, freshSeed);
  const asked = values.seed ? [wholeNumber('--seed', values.seed)] : values.seeds ? fresh(wholeNumber('--seeds', values.seeds)) : undefined;
  const seconds = values.seconds === undefined ? undefined : wholeNumber('--seconds', values.seconds);
  const kinds = values.only?.split(',').map((kind) => oneOf('--only', kind, FAULT_KINDS));
  if (values.break) {
    const broken = oneOf('--break', values.break, BREAKS);
    return [{ ...toCatch(broken, asked ?? fresh(SEEDS_TO_CATCH), seconds ?? LENGTH_TO_CATCH_S), kinds: kinds ?? REVEALING }];
  }
  const whole = { seeds: asked ?? fresh(SEEDS), kinds: kinds ?? FAULT_KINDS, lengthMs: (seconds ?? LENGTH_S) * 1_000 };
  return args.length > 0 ? [whole] : [whole, ...BREAKS.map((each) => toCatch(each, fresh(SEEDS_TO_CATCH), LENGTH_TO_CATCH_S))];
}

function toCatch(broken: Break, seeds: readonly number[], seconds: number): Round {
  return { seeds, kinds: REVEALING, lengthMs: seconds * 1_000, broken };
}

function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`${name} takes a whole number from 1, not "${text}"`);
  return value;
}

function oneOf<T extends string>(name: string, text: string, known: readonly T[]): T {
  if (!known.includes(text as T)) throw new Error(`${name} knows ${known.join(', ')}; not "${text}"`);
  return text as T;
}
