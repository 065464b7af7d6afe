import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FairQueue } from './fair-queue.js';

const takeAll = <T>(queue: FairQueue<T>) => Array.from({ length: queue.size }, () => queue.take());

describe('FairQueue', () => {
  it('hands out one of each batch in turn', () => {
    const queue = new FairQueue<string>(10);
    queue.add(['a1', 'a2', 'a3', 'a4']);
    queue.add(['b1']);
    queue.add(['c1', 'c2']);
    expect(takeAll(queue)).toEqual(['a1', 'b1', 'c1', 'a2', 'c2', 'a3', 'a4']);
    expect(queue.take()).toBeUndefined();
  });

  it('takes a batch whole or not at all', () => {
    const queue = new FairQueue<number>(3);
    expect(queue.add([1, 2])).toBe(true);
    expect(queue.add([3, 4])).toBe(false);
    expect(queue.size).toBe(2);
    expect(queue.add([3])).toBe(true);
    expect(queue.drain()).toEqual([1, 2, 3]);
    expect(queue.size).toBe(0);
  });

  it('loses nothing, doubles nothing, and keeps the order inside a batch', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat(), { maxLength: 9 }), { maxLength: 9 }), (batches) => {
        const queue = new FairQueue<{ batch: number; value: number }>(100);
        batches.forEach((values, batch) => queue.add(values.map((value) => ({ batch, value }))));
        const taken = takeAll(queue);
        batches.forEach((values, batch) => {
          expect(taken.filter((item) => item!.batch === batch).map((item) => item!.value)).toEqual(values);
        });
      }),
      { seed: 7 },
    );
  });
});
