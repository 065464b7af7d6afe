import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Lifecycle } from '../module/lifecycle.js';
import { WorkLoop, type WorkLoopOptions } from './work-loop.js';

const HOUR_MS = 3_600_000;
type Step = WorkLoopOptions['step'];

describe('a worker', () => {
  const logged: string[] = [];
  const logger = pino({ base: null }, { write: (line: string) => void logged.push(line) });
  const unhandled = vi.fn<(reason: unknown) => void>();
  let loop: WorkLoop;
  const loopOf = (options: Partial<WorkLoopOptions> & Pick<WorkLoopOptions, 'step'>) =>
    (loop = new WorkLoop({ name: 'miller', pauseMs: HOUR_MS, logger, ...options }));

  beforeEach(() => {
    vi.useFakeTimers();
    logged.length = 0;
    process.on('unhandledRejection', unhandled);
  });
  afterEach(async () => {
    await loop.stop();
    vi.useRealTimers();
    // Node tells of unhandled rejections after the microtasks: a full turn of the event loop later.
    await new Promise((turned) => setImmediate(turned));
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });

  it('goes on at once while there is work, and rests when there is none', async () => {
    const step = vi.fn<Step>().mockResolvedValueOnce(true).mockResolvedValueOnce(true).mockResolvedValue(false);
    await loopOf({ step }).start();
    await vi.advanceTimersByTimeAsync(HOUR_MS - 1);
    expect(step).toHaveBeenCalledTimes(3);
    await vi.advanceTimersByTimeAsync(1);
    expect(step).toHaveBeenCalledTimes(4);
  });

  it('looks at once when it is woken from its rest', async () => {
    const step = vi.fn<Step>(async () => false);
    await loopOf({ step }).start();
    await vi.advanceTimersByTimeAsync(10);
    expect(step).toHaveBeenCalledTimes(1);
    loop.wake();
    await vi.advanceTimersByTimeAsync(0);
    expect(step).toHaveBeenCalledTimes(2);
  });

  // The work may have come after the step had looked for it.
  it.each(['in the middle of a step', 'with its last word'])('does not lose being woken %s that finds nothing', async (moment) => {
    const step = vi.fn<Step>(async () => {
      if (step.mock.calls.length > 1) return false;
      if (moment === 'in the middle of a step') loop.wake();
      await vi.advanceTimersByTimeAsync(5);
      if (moment === 'with its last word') loop.wake();
      return false;
    });
    await loopOf({ step }).start();
    await vi.advanceTimersByTimeAsync(100);
    expect(step).toHaveBeenCalledTimes(2);
  });

  it('does not lose being woken between the end of a step and its rest', async () => {
    const answer = Promise.withResolvers<boolean>();
    const step = vi.fn<Step>().mockReturnValueOnce(answer.promise).mockResolvedValue(false);
    await loopOf({ step }).start();
    answer.resolve(false);
    // The step has answered, and nobody has read the answer yet.
    loop.wake();
    await vi.advanceTimersByTimeAsync(0);
    expect(step).toHaveBeenCalledTimes(2);
  });

  it('stops when the step in hand has ended, and begins no other', async () => {
    const inHand = Promise.withResolvers<boolean>();
    const step = vi.fn<Step>(() => inHand.promise);
    await loopOf({ step }).start();
    let stopped = false;
    const stopping = loop.stop().then(() => (stopped = true));
    await vi.advanceTimersByTimeAsync(HOUR_MS);
    expect([stopped, loop.stopping]).toEqual([false, true]);
    inHand.resolve(true);
    await stopping;
    expect(step).toHaveBeenCalledTimes(1);
  });

  it('stops out of its rest at once, twice if need be, and can be started again', async () => {
    const step = vi.fn<Step>(async () => false);
    await loopOf({ step }).start();
    await vi.advanceTimersByTimeAsync(10);
    await loop.stop();
    await loop.stop();
    expect(vi.getTimerCount()).toBe(0);
    await loop.start();
    await vi.advanceTimersByTimeAsync(10);
    expect(step).toHaveBeenCalledTimes(2);
  });

  it.each([
    ['rejects', () => Promise.reject(new Error('no flour'))],
    ['throws', () => { throw new Error('no flour'); }],
  ])('goes on after a step that %s, once it has rested and said so', async (_, fail) => {
    const step = vi.fn<Step>().mockImplementationOnce(fail).mockResolvedValue(false);
    await loopOf({ step, failurePauseMs: 1_000 }).start();
    await vi.advanceTimersByTimeAsync(10);
    // What failed is not tried at once because somebody says there is work.
    loop.wake();
    await vi.advanceTimersByTimeAsync(989);
    expect(step).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(step).toHaveBeenCalledTimes(2);
    expect(JSON.parse(logged[0]!)).toMatchObject({ level: 40, worker: 'miller', err: { message: 'no flour' } });
    expect(logged).toHaveLength(1);
  });

  it('stops out of the pause after a failure, and after a step that fails while it stops', async () => {
    const step = vi.fn<Step>(() => Promise.reject(new Error('no flour')));
    await loopOf({ step }).start();
    await vi.advanceTimersByTimeAsync(10);
    await loop.stop();
    await loop.start();
    await loop.stop();
    expect(step).toHaveBeenCalledTimes(2);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('has as many at work beside each other as told, wakes all of them, and waits for all of them', async () => {
    const answers: ((found: boolean) => void)[] = [];
    const step = vi.fn<Step>(() => new Promise<boolean>((answer) => answers.push(answer)));
    await loopOf({ step, abreast: 3 }).start();
    for (const answer of answers.splice(0)) answer(false);
    await vi.advanceTimersByTimeAsync(10);
    loop.wake();
    await vi.advanceTimersByTimeAsync(0);
    expect(step).toHaveBeenCalledTimes(6);
    const stopped = vi.fn<() => void>();
    const stopping = loop.stop().then(stopped);
    answers.shift()!(false);
    answers.shift()!(true);
    await vi.advanceTimersByTimeAsync(10);
    expect(stopped).not.toHaveBeenCalled();
    answers.shift()!(true);
    await stopping;
    expect(step).toHaveBeenCalledTimes(6);
  });

  it('is started and stopped as a part of the service', async () => {
    const step = vi.fn<Step>(async () => false);
    const lifecycle = new Lifecycle();
    lifecycle.add(loopOf({ step }));
    await lifecycle.start();
    await vi.advanceTimersByTimeAsync(HOUR_MS);
    await lifecycle.stop();
    await vi.advanceTimersByTimeAsync(HOUR_MS);
    expect(step).toHaveBeenCalledTimes(2);
  });
});
