import { expect, it } from 'vitest';
import { TimeOrder } from './time-order.js';

const at = (n: number) => ({ time: new Date(n) });

function ordering(...streams: string[]) {
  const passed: number[] = [];
  const order = new TimeOrder(new Set(streams), ({ time }) => passed.push(time.getTime()));
  const give = async (stream: string, ...times: number[]) => {
    for (const [i, time] of times.entries()) await order.offer(stream, at(time), i === times.length - 1);
  };
  return { order, passed, give };
}

it('the past of several streams comes in one order, each stream’s own kept', async () => {
  const { passed, give } = ordering('a', 'b', 'c');
  await Promise.all([give('a', 1, 5, 6), give('b', 2, 4, 3), give('c', 9)]);
  expect(passed).toEqual([1, 2, 4, 3, 5, 6, 9]);
});

it('a stream without a past holds nobody up, and what is new comes at once', async () => {
  const { order, passed, give } = ordering('a', 'b');
  const a = give('a', 7);
  expect(passed).toEqual([]);
  order.caughtUp('b');
  await a;
  await order.offer('b', at(3), true);
  await order.offer('a', at(8), false);
  expect(passed).toEqual([7, 3, 8]);
});

it('the end lets go who waits, and passes nothing on', async () => {
  const { order, passed, give } = ordering('a', 'b');
  const waits = give('a', 1);
  order.end();
  await waits;
  await give('b', 2);
  expect(passed).toEqual([]);
});
