import { expect, it } from 'vitest';
import { FAULT_KINDS } from './every-fault.js';
import { Random } from './random.js';
import { schedule } from './schedule.js';

const planOf = (seed: number) => schedule(new Random(seed), FAULT_KINDS, 20_000).map(({ atMs, kind, random }) => ({ atMs, kind, seed: random.seed }));

it('a seed plans the same faults each time, another seed others', () => {
  expect(planOf(7)).toEqual(planOf(7));
  expect(planOf(8)).not.toEqual(planOf(7));
});

it('every kind is planned, in the order of time and within it', () => {
  const planned = planOf(3);
  expect(new Set(planned.map(({ kind }) => kind))).toEqual(new Set(FAULT_KINDS));
  expect(planned.map(({ atMs }) => atMs)).toEqual(planned.map(({ atMs }) => atMs).toSorted((a, b) => a - b));
  expect(Math.max(...planned.map(({ atMs }) => atMs))).toBeLessThanOrEqual(20_000);
});
