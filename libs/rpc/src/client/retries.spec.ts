import { Problems } from '#leadwire/kernel';
import { until } from '#leadwire/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ask, change, gate, metric, refusal, RpcHarness, type Party } from '../rpc.harness.js';
import { retryPause } from './retry-pause.js';

describe('a call that got no answer', () => {
  let harness: RpcHarness;
  let runs: number;
  beforeEach(() => {
    harness = new RpcHarness();
    runs = 0;
  });
  afterEach(() => harness.stop());

  const retried = ({ registry }: Party) => metric(registry, 'leadwire_rpc_retries_total');
  /** Waits for `work` in its first run. */
  const once = (work: Promise<unknown>) => async () => {
    if (runs++ === 0) await work;
    return { count: runs };
  };
  const never = new Promise(() => undefined);

  it('is made again while nobody listens, when it is a read or has a key', async () => {
    const client = await harness.client('gateway', { attempts: 50, firstPauseMs: 10 });
    const calls = [client.rpc.call(ask, {}, { caller: harness.caller }), client.rpc.call(change, {}, { caller: harness.caller, idempotencyKey: 'k' })];
    await until('both were tried again', async () => (await retried(client)) >= 2);
    await harness.service('leads', [[ask, once(Promise.resolve())], [change, once(Promise.resolve())]]);
    expect((await Promise.all(calls)).map(({ count }) => count).sort()).toEqual([1, 2]);
  });

  it('is made so many times and no more', async () => {
    const client = await harness.client();
    expect((await refusal(client.rpc.call(ask, {}, { caller: harness.caller }))).code).toBe('service.unavailable');
    expect(await retried(client)).toBe(2);
  });

  it('is not made again when it is a write without a key, or one whose answer is a secret', async () => {
    const client = await harness.client();
    expect((await refusal(client.rpc.call(change, {}, { caller: harness.caller }))).code).toBe('service.unavailable');
    const secret = { ...change, secretAnswer: true };
    expect((await refusal(client.rpc.call(secret, {}, { caller: harness.caller, idempotencyKey: 'k' }))).code).toBe('service.unavailable');
    expect(await retried(client)).toBe(0);
  });

  it('in time is made again within the deadline when it is a read, and done once when it is a write', async () => {
    await harness.service('leads', [[ask, once(never)], [change, once(never)]]);
    const { rpc } = await harness.client();
    expect(await rpc.call(ask, {}, { caller: harness.caller, attemptMs: 100 })).toEqual({ count: 2 });
    runs = 0;
    const deadline = Date.now() + 500;
    expect((await refusal(rpc.call(change, {}, { caller: harness.caller, attemptMs: 100, deadline }))).code).toBe('service.timeout');
    expect(runs).toBe(1);
  });

  it('because the connection broke is made again when it is a read', async () => {
    await harness.service('leads', [[ask, once(never)]]);
    const { rpc, bus } = await harness.client('gateway', { attempts: 20, firstPauseMs: 50 });
    const call = rpc.call(ask, {}, { caller: harness.caller });
    await until('it is under way', () => runs === 1);
    await bus.connection.reconnect();
    expect(await call).toEqual({ count: 2 });
  });

  it('when the connection broke waits for its answer when it is a write', async () => {
    const { open, opened } = gate();
    await harness.service('leads', [[change, once(opened)]]);
    const { rpc, bus } = await harness.client();
    const call = rpc.call(change, {}, { caller: harness.caller });
    await until('it is under way', () => runs === 1);
    const back = reconnected(bus);
    await bus.connection.reconnect();
    await back;
    await bus.connection.flush();
    open();
    expect(await call).toEqual({ count: 1 });
  });

  it('is not made again when the answer is a problem, whichever', async () => {
    await harness.service('leads', [[ask, async () => { runs++; throw Problems.unavailable(); }]]);
    const { rpc } = await harness.client();
    expect((await refusal(rpc.call(ask, {}, { caller: harness.caller }))).code).toBe('service.unavailable');
    expect(runs).toBe(1);
  });

  it('pauses longer each time, never the same, and not past the deadline', () => {
    const schedule = { attempts: 3, firstPauseMs: 100 };
    const pauses = (failed: number) => Array.from({ length: 50 }, () => retryPause(failed, Infinity, schedule)!);
    expect(pauses(1).every((ms) => ms >= 50 && ms <= 100)).toBe(true);
    expect(pauses(2).every((ms) => ms >= 200 && ms <= 400)).toBe(true);
    expect(new Set(pauses(1)).size).toBeGreaterThan(1);
    expect(retryPause(3, Infinity, schedule)).toBeUndefined();
    expect(retryPause(1, Date.now() + 20, schedule)).toBeUndefined();
  });
});

async function reconnected(bus: Party['bus']): Promise<void> {
  for await (const { type } of bus.connection.status()) if (type === 'reconnect') return;
}
