import { Problems } from '#leadwire/kernel';
import { until } from '#leadwire/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ask, change, gate, metric, refusal, RpcHarness } from '../rpc.harness.js';

describe('the breaker to a service', () => {
  let harness: RpcHarness;
  beforeEach(() => void (harness = new RpcHarness()));
  afterEach(() => harness.stop());

  const options = { attempts: 1, breakAfter: 3, breakForMs: 300, fairWaitMs: 50 };
  const gateway = async (more: object = {}) => {
    const { rpc, registry } = await harness.client('gateway', { ...options, ...more });
    const call = (deadlineMs = 10_000) => rpc.call(change, {}, { caller: harness.caller, deadline: Date.now() + deadlineMs });
    return { rpc, call, code: async (ms?: number) => (await refusal(call(ms))).code, state: () => metric(registry, 'leadwire_rpc_breaker_state', { target: 'leads' }) };
  };

  it('opens when nobody answers, says when to come back, and closes by a call that is answered', async () => {
    const { call, code, state } = await gateway({ breakForMs: 500 });
    for (let i = 0; i < 3; i++) expect(await code()).toBe('service.unavailable');
    expect(await state()).toBe(2);
    let sent = 0;
    await harness.service('leads', [[change, async () => ({ count: ++sent })]]);
    const problem = await refusal(call());
    expect(problem).toMatchObject({ code: 'service.circuit-open', type: { status: 503 }, details: { extra: { retryAfter: 1 } } });
    expect(sent).toBe(0);
    expect(await until('it lets a call through', () => call().catch(() => undefined))).toEqual({ count: 1 });
    expect(await state()).toBe(0);
    expect(await call()).toEqual({ count: 2 });
  });

  it('lets one call through to see, refuses the others meanwhile, and opens again when that one fails', async () => {
    const { code, state } = await gateway();
    for (let i = 0; i < 3; i++) await code();
    const { open, opened } = gate();
    const ended: string[] = [];
    let begun = 0;
    await harness.service('leads', [[change, async () => { begun++; await opened; return { count: 1 }; }]]);
    const tried = () => void code(1_000).then((outcome) => ended.push(outcome));
    await until('a probe is under way', () => begun > 0 || tried());
    expect(await Promise.all([code(), code(), code()])).toEqual(Array(3).fill('service.circuit-open'));
    expect(ended).not.toContain('service.timeout');
    expect(await state()).toBe(1);
    await until('it fails', () => ended.includes('service.timeout'));
    expect([await state(), begun]).toEqual([2, 1]);
    open();
  });

  it('stays open when the one call that was to show it is given up by its caller', async () => {
    const { rpc, code, state } = await gateway();
    for (let i = 0; i < 3; i++) await code();
    let begun = 0;
    await harness.service('leads', [[change, () => (begun++, new Promise(() => undefined))]]);
    const giveUp = new AbortController();
    const ended: string[] = [];
    const tried = () => void refusal(rpc.call(change, {}, { caller: harness.caller, signal: giveUp.signal })).then((problem) => ended.push(problem.code));
    await until('a probe is under way', () => begun > 0 || tried());
    giveUp.abort();
    await until('it was given up', () => ended.includes('call.cancelled'));
    expect(await state()).toBe(2);
  });

  it('opens by timeouts, but not by callers who had hardly any time', async () => {
    let slow = true;
    await harness.service('leads', [[change, async () => (slow && (await new Promise(() => undefined)), { count: 1 })]]);
    const { code, call, state } = await gateway();
    for (let i = 0; i < 6; i++) expect(await code(20)).toBe('service.timeout');
    expect(await state()).toBe(0);
    slow = false;
    expect(await call()).toEqual({ count: 1 });
    slow = true;
    for (let i = 0; i < 3; i++) expect(await code(80)).toBe('service.timeout');
    expect(await state()).toBe(2);
  });

  it('takes a problem for the answer that it is, and a success ends a row of failures', async () => {
    const { code, state } = await gateway();
    for (let i = 0; i < 2; i++) await code();
    await harness.service('leads', [[change, async () => { throw Problems.unavailable(); }]]);
    for (let i = 0; i < 5; i++) expect(await code()).toBe('service.unavailable');
    expect(await state()).toBe(0);
  });

  it('to one service leaves the others alone', async () => {
    const { rpc } = await gateway();
    const other = { ...change, service: 'campaigns', subject: 'rpc.campaigns.change' } as const;
    for (let i = 0; i < 4; i++) await refusal(rpc.call(other, {}, { caller: harness.caller }));
    await harness.service('leads', [[ask, async () => ({ count: 1 })]]);
    expect(await rpc.call(ask, {}, { caller: harness.caller })).toEqual({ count: 1 });
  });
});
