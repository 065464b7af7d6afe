import { RequestHeaders } from '#leadwire/bus';
import { connectionOptions, Database, serviceSchema } from '#leadwire/database';
import { ambientDeadline } from '#leadwire/kernel';
import { TestDatabase, until } from '#leadwire/testing';
import { headers } from '@nats-io/transport-node';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ask, change, gate, outer, refusal, RpcHarness } from '../rpc.harness.js';
import type { WireProblem } from '../wire-problem.js';

describe('the deadline of a call', () => {
  let harness: RpcHarness;
  const seen: number[] = [];
  const requestIds: string[] = [];

  beforeEach(() => {
    harness = new RpcHarness();
    seen.length = 0;
  });
  afterEach(() => harness.stop());

  const leads = () =>
    harness.service('leads', [[ask, async (call) => {
      seen.push(call.deadline);
      requestIds.push(call.requestId);
      return { count: ambientDeadline() === call.deadline ? 1 : 0 };
    }]]);

  it('is what is left of it in a nested call, never more, and ambient in the handler', async () => {
    await leads();
    await harness.service('campaigns', [[outer, async (call, rpc) => rpc.call(ask, {}, { caller: serviceOf(call.tenantId), deadline: Date.now() + 60_000 })]]);
    const { rpc } = await harness.client();
    const deadline = Date.now() + 2_000;
    expect(await rpc.call(outer, {}, { caller: harness.caller, deadline, requestId: 'of-the-client' })).toEqual({ count: 1 });
    expect(seen).toEqual([deadline]);
    expect(requestIds).toEqual(['of-the-client']);
  });

  it('is shorter in a nested call that asks for less', async () => {
    await leads();
    const shorter = Date.now() + 1_500;
    await harness.service('campaigns', [[outer, async (call, rpc) => rpc.call(ask, {}, { caller: serviceOf(call.tenantId), deadline: shorter })]]);
    const { rpc } = await harness.client();
    await rpc.call(outer, {}, { caller: harness.caller, deadline: Date.now() + 5_000 });
    expect(seen).toEqual([shorter]);
  });

  it('does not bind what a handler left running behind', async () => {
    await leads();
    const { open, opened } = gate();
    let behind: Promise<unknown> | undefined;
    await harness.service('campaigns', [[outer, async (call, rpc) => {
      behind = opened.then(() => rpc.call(ask, {}, { caller: serviceOf(call.tenantId) }));
      return { count: 1 };
    }]]);
    const { rpc } = await harness.client();
    const deadline = Date.now() + 3_000;
    await rpc.call(outer, {}, { caller: harness.caller, deadline });
    open();
    await behind;
    expect(seen[0]).toBeGreaterThan(deadline);
  });

  it('that has passed is refused by the service before any work', async () => {
    await leads();
    const { bus } = await harness.client();
    const send = async (deadline: number) => {
      const head = headers();
      head.set(RequestHeaders.context, await harness.contextsOf('gateway').sign(harness.caller, 'leads'));
      head.set(RequestHeaders.deadline, String(deadline));
      return bus.connection.request(bus.subject(ask.subject), '{}', { timeout: 5_000, headers: head });
    };
    expect((await send(Date.now() - 1)).json<WireProblem>().type.code).toBe('service.timeout');
    expect(seen).toEqual([]);
    expect((await send(Date.now() + 5_000)).json()).toEqual({ count: 1 });
    // Nobody waits for a year; a timer could not either.
    await send(Date.now() + 365 * 24 * 3_600_000);
    expect(seen[1]! - Date.now()).toBeLessThanOrEqual(15 * 60_000);
  });

  it('that passed while a connection was waited for begins no transaction', async () => {
    const database = await TestDatabase.create({ leads: [] });
    const source = await new DataSource(connectionOptions('leads', database.urlFor('leads'), [], 1) as DataSourceOptions).initialize();
    const one = new Database(source, serviceSchema('leads'), 'leads');
    let begun = 0;
    const { open, opened } = gate();
    await harness.service('leads', [[change, (call) => call.transaction(async () => ({ count: ++begun }))]], { database: one });
    const { rpc } = await harness.client();
    const held = one.withoutTenant(() => opened);
    expect((await refusal(rpc.call(change, {}, { caller: harness.caller, deadline: Date.now() + 150 }))).code).toBe('service.timeout');
    open();
    await held;
    expect(await rpc.call(change, {}, { caller: harness.caller })).toEqual({ count: 1 });
    await until('the pool is idle', () => begun === 1);
    await source.destroy();
    await database.drop();
  });
});

function serviceOf(tenantId: string) {
  return { tenantId, actor: { kind: 'service', id: 'campaigns' }, capabilities: ['*'] } as const;
}
