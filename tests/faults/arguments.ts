import { parseArgs } from 'node:util';
import { FAULT_KINDS, type FaultKind } from './plan/every-fault.js';
import { BREAKS, type Break } from './replica/orders.js';

/** What the suite was asked for. */
export interface Wanted {
  readonly seeds: readonly number[];
  readonly kinds: readonly FaultKind[];
  readonly lengthMs: number;
  readonly broken?: Break;
}

const DEFAULT_SEEDS = 12;
const LENGTH_S = 20;

/** Reads the command line; throws with one sentence when it means nothing. */
export function readArguments(args: readonly string[], freshSeed: () => number): Wanted {
  const { values } = parseArgs({
    args: [...args],
    options: { seed: { type: 'string' }, seeds: { type: 'string' }, only: { type: 'string' }, seconds: { type: 'string' }, break: { type: 'string' } },
  });
  const broken = values.break === undefined ? undefined : oneOf('--break', values.break, BREAKS);
  const count = wholeNumber('--seeds', values.seeds ?? String(broken ? 3 : DEFAULT_SEEDS));
  return {
    seeds: values.seed === undefined ? Array.from({ length: count }, freshSeed) : [wholeNumber('--seed', values.seed)],
    kinds: values.only === undefined ? FAULT_KINDS : values.only.split(',').map((kind) => oneOf('--only', kind, FAULT_KINDS)),
    lengthMs: wholeNumber('--seconds', values.seconds ?? String(LENGTH_S)) * 1_000,
    broken,
  };
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
