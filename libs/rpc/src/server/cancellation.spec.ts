import { RequestHeaders } from '#leadwire/bus';
import { serviceCaller, type Problem } from '#leadwire/kernel';
import { headers } from '@nats-io/transport-node';
import { until } from '#leadwire/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aborted, ask, gate, metric, outer, refusal, RpcHarness } from '../rpc.harness.js';

describe('a call that is given up', () => {
  let harness: RpcHarness;
  let reason: Promise<Problem>;
  let begun: ReturnType<typeof gate>;

  beforeEach(() => {
    harness = new RpcHarness();
    begun = gate();
  });
  afterEach(() => harness.stop());

  const hanging = () =>
    harness.service('leads', [[ask, async (call) => {
      reason = aborted(call.signal);
      begun.open();
      throw await reason;
    }]]);
  const between = () => harness.service('campaigns', [[outer, (call, rpc) => rpc.call(ask, {}, { caller: serviceCaller('campaigns', call.tenantId) })]]);

  it('by a signal aborts its handler and the handlers of the calls it made', async () => {
    const leads = await hanging();
    const campaigns = await between();
    const { rpc } = await harness.client();
    const giveUp = new AbortController();
    const call = refusal(rpc.call(outer, {}, { caller: harness.caller, signal: giveUp.signal, deadline: Date.now() + 60_000 }));
    await begun.opened;
    giveUp.abort();
    expect((await call).code).toBe('call.cancelled');
    expect((await reason).code).toBe('call.cancelled');
    for (const { registry } of [leads, campaigns]) await until('it is counted', async () => (await metric(registry, 'leadwire_rpc_cancelled_total')) === 1);
  });

  it('because its time is up aborts the handlers too', async () => {
    await hanging();
    await between();
    const { rpc } = await harness.client();
    expect((await refusal(rpc.call(outer, {}, { caller: harness.caller, deadline: Date.now() + 300 }))).code).toBe('service.timeout');
    expect(['call.cancelled', 'service.timeout']).toContain((await reason).code);
  });

  it('by a caller who died is aborted at its deadline', async () => {
    await hanging();
    const { bus } = await harness.client();
    const head = headers();
    head.set(RequestHeaders.context, await harness.contextsOf('gateway').sign(harness.caller, 'leads'));
    head.set(RequestHeaders.deadline, String(Date.now() + 300));
    bus.connection.publish(bus.subject(ask.subject), '{}', { headers: head });
    await begun.opened;
    expect((await reason).code).toBe('service.timeout');
  });

  it('before it was made is not made', async () => {
    const { rpc } = await harness.client();
    expect((await refusal(rpc.call(ask, {}, { caller: harness.caller, signal: AbortSignal.abort() }))).code).toBe('call.cancelled');
  });

  it('cannot be given up by who does not know its reply subject', async () => {
    await hanging();
    const { bus, rpc } = await harness.client();
    const giveUp = new AbortController();
    const call = refusal(rpc.call(ask, {}, { caller: harness.caller, requestId: 'known', signal: giveUp.signal }));
    await begun.opened;
    for (const guess of ['known', '', '_INBOX.1']) bus.connection.publish(bus.subject('rpc-cancel.leads'), guess);
    await bus.connection.flush();
    expect(await Promise.race([reason, Promise.resolve('goes on')])).toBe('goes on');
    giveUp.abort();
    await call;
    await reason;
  });
});
