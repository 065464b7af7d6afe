import { Problem, Problems } from '#leadwire/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, change, refusal, RpcHarness, type Party } from './rpc.harness.js';

describe('an error on its way to the caller', () => {
  const harness = new RpcHarness();
  const refused = Problems.invalid({
    detail: 'Two fields are wrong.',
    errors: [{ field: 'a.b', message: 'must be a number' }, { field: 'c', message: 'is missing' }],
    extra: { shortfall: '1.50', retryAfter: 3 },
  });
  const leaky = Object.assign(new Error('password=hunter2'), { driverError: { code: '42P01', detail: 'hunter2' } });
  let client: Party;

  beforeAll(async () => {
    await harness.service('leads', [[ask, () => Promise.reject(refused)], [change, () => Promise.reject(leaky)]]);
    client = await harness.client();
  });
  afterAll(() => harness.stop());

  it('is the same Problem as it was thrown: code, status, words, fields, extra members', async () => {
    const problem = await refusal(client.rpc.call(ask, {}, { caller: harness.caller }));
    expect(problem).toBeInstanceOf(Problem);
    expect(problem.type).toEqual(refused.type);
    expect(problem.details).toEqual(refused.details);
    expect(problem.message).toBe('Two fields are wrong.');
  });

  it('that nobody declared tells nothing but that it happened', async () => {
    const problem = await refusal(client.rpc.call(change, {}, { caller: harness.caller }));
    expect(problem).toMatchObject({ code: 'internal', details: {} });
    expect(JSON.stringify([problem.message, problem.type, problem.details, problem.cause])).not.toMatch(/hunter2|42P01/);
  });

  it('is a timeout when the database stopped a statement because the time was up', async () => {
    const stopped = Object.assign(new Error('canceling statement due to statement timeout'), { driverError: { code: '57014' } });
    const other = new RpcHarness();
    await other.service('leads', [[ask, () => Promise.reject(stopped)]]);
    expect((await refusal((await other.client()).rpc.call(ask, {}, { caller: other.caller }))).code).toBe('service.timeout');
    await other.stop();
  });

  it('is internal when the answer is no JSON', async () => {
    const other = new RpcHarness();
    const { bus, rpc } = await other.client();
    bus.connection.subscribe(bus.subject(ask.subject), { callback: (_, message) => void message.respond('<html>') });
    expect((await refusal(rpc.call(ask, {}, { caller: other.caller }))).code).toBe('internal');
    await other.stop();
  });
});
