import { ANONYMOUS, newId, Problem } from '#leadwire/kernel';
import { ContextKeys, generateContextKeys, RpcClient, SignedContexts } from '#leadwire/rpc';
import { until, type ServiceHarness } from '#leadwire/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hooks, probeOperations, startProbe } from './probe-service.harness.js';

describe('a service that stops or does not answer', () => {
  let probe: ServiceHarness;
  let stopped: boolean;

  beforeEach(async () => {
    stopped = false;
    probe = await startProbe();
  });
  afterEach(async () => {
    hooks.slow = () => Promise.resolve();
    if (!stopped) await probe.stop();
  });

  const code = (work: Promise<unknown>): Promise<string> => work.then(() => 'answered', (error: Problem) => error.code);

  it('answers what is under way while it drains, and is unavailable afterwards', async () => {
    let release!: () => void;
    const held = new Promise<void>((resolve) => (release = resolve));
    let waiting = 0;
    hooks.slow = () => (waiting++, held);
    const calls = [1, 2, 3].map(() => probe.call(probeOperations.slow, {}));
    await until('they are under way', () => waiting === 3);
    const stopping = probe.service.stop();
    await until('no new request is taken', async () => (await code(probe.call(probeOperations.anybody, {}))) === 'service.unavailable');
    release();
    expect(await Promise.all(calls)).toEqual([{ count: 1 }, { count: 1 }, { count: 1 }]);
    await stopping;
  });

  it('is a timeout for a caller whose deadline passes, before or while the work is done', async () => {
    hooks.slow = () => new Promise(() => undefined);
    const rpc = (probe as unknown as { rpc: RpcClient }).rpc;
    expect(await code(rpc.call(probeOperations.slow, {}, { caller: ANONYMOUS, deadline: Date.now() + 200 }))).toBe('service.timeout');
    expect(await code(rpc.call(probeOperations.slow, {}, { caller: ANONYMOUS, deadline: Date.now() - 1 }))).toBe('service.timeout');
    // What hangs would keep the drain waiting, as it should: let the harness not wait for it.
    stopped = true;
    hooks.slow = () => Promise.resolve();
    await probe.bus.close();
    await probe.database.admin.end();
  });

  it('refuses a context that another installation signed', async () => {
    const foreign = new RpcClient(probe.bus, new SignedContexts(ContextKeys.read('gateway', generateContextKeys(['gateway'])['gateway']!)));
    expect(await code(foreign.call(probeOperations.anybody, {}, { caller: probe.caller(newId()) }))).toBe('auth.context-refused');
  });
});
