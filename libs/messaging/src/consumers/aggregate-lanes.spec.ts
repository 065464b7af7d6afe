import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AggregateLanes, type LaneItem } from './aggregate-lanes.js';

interface Item extends LaneItem {
  n: number;
  attempts: number;
}

// What may happen to lanes: something arrives, hands take, the oldest hands finish or fail.
const step = fc.oneof(
  fc.record({ kind: fc.constant('add' as const), tenant: fc.constantFrom('t1', 't2'), aggregate: fc.constantFrom('a', 'b', 'c') }),
  fc.record({ kind: fc.constant('take' as const), max: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ kind: fc.constant('finish' as const) }),
  fc.record({ kind: fc.constant('finishFirst' as const) }),
  fc.record({ kind: fc.constant('fail' as const) }),
);

describe('aggregate lanes', () => {
  it('hand out each aggregate in order, to one at a time, one tenant a batch, and lose nothing', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const lanes = new AggregateLanes<Item>();
        const inHand: Item[][] = [];
        const done: Item[] = [];
        let now = 1_000;
        let n = 0;
        const take = (max: number): boolean => {
          const items = lanes.take(max, now);
          if (items.length === 0) return false;
          expect(items.length).toBeLessThanOrEqual(max);
          expect(new Set(items.map((item) => item.tenantId)).size).toBe(1);
          const busy = inHand.flat().map((item) => item.tenantId + item.aggregateId);
          for (const item of items) expect(busy).not.toContain(item.tenantId + item.aggregateId);
          if (items.some((item) => item.attempts > 0)) expect(items).toHaveLength(1);
          inHand.push(items);
          return true;
        };
        // The first of each lane is done, what stands behind it goes back: how a batch that failed is treated.
        const finish = (items: Item[], all: boolean): void => {
          const heads = all ? [items] : [...Map.groupBy(items, (item) => item.aggregateId).values()].map((group) => [group[0]!]);
          for (const some of heads) {
            done.push(...some);
            lanes.finish(some);
          }
        };
        for (const { kind, ...rest } of steps) {
          now += 10;
          const { tenant, aggregate, max } = rest as { tenant: string; aggregate: string; max: number };
          if (kind === 'add') lanes.add({ tenantId: tenant, aggregateId: aggregate, attempts: 0, n: ++n });
          else if (kind === 'take') take(max);
          else if (inHand.length > 0 && kind !== 'fail') finish(inHand.shift()!, kind === 'finish');
          else if (inHand.length > 0) {
            for (const [head] of Map.groupBy(inHand.shift()!, (item) => item.aggregateId).values()) {
              head!.attempts++;
              lanes.backOff(head!, now + 35);
            }
          }
        }
        for (const items of inHand.splice(0)) finish(items, true);
        // Nothing rests for ever: whoever waits for nextWake gets everything.
        while (lanes.size > 0) {
          if (!take(4)) now = lanes.nextWake() ?? expect.fail('items are left that nothing will wake');
          for (const items of inHand.splice(0)) finish(items, true);
        }
        expect(done).toHaveLength(n);
        for (const group of Map.groupBy(done, (item) => item.tenantId + item.aggregateId).values()) {
          expect(group.map((item) => item.n)).toEqual(group.map((item) => item.n).toSorted((a, b) => a - b));
        }
      }),
      { seed: 3, numRuns: 500 },
    );
  });
});
