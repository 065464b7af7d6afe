import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ask, large, refusal, RpcHarness, type Party, type Said } from './rpc.harness.js';

describe('a message that is too large', () => {
  let harness: RpcHarness;
  let runs: number;
  beforeEach(() => {
    harness = new RpcHarness();
    runs = 0;
  });
  afterEach(() => harness.stop());

  const words = (length: number): Said => ({ words: 'x'.repeat(length) });
  const leads = (answer: number, more: object = {}) =>
    harness.service('leads', [[ask, async () => ({ count: ++runs })], [large, async () => words(answer)]], more);
  const send = ({ rpc }: Party, length: number) => rpc.call(ask, words(length), { caller: harness.caller });

  it('is refused before it is sent, by name, and the connection lives on', async () => {
    await leads(1);
    const client = await harness.client();
    const lost = disconnected(client);
    const max = client.bus.maxPayload;
    const problem = await refusal(send(client, max));
    expect(problem).toMatchObject({ code: 'request.too-large', type: { status: 413 } });
    expect(problem.message).toBe(`The request is ${max + 12} bytes, a message takes ${max - 4096}.`);
    expect(runs).toBe(0);
    expect(await send(client, max - 4096 - 12)).toEqual({ count: 1 });
    expect(await Promise.race([lost, Promise.resolve('connected')])).toBe('connected');
  });

  it('by what its context holds is refused too', async () => {
    await leads(1);
    const client = await harness.client();
    const capabilities = ['x'.repeat(client.bus.maxPayload)];
    const problem = await refusal(client.rpc.call(ask, {}, { caller: { ...harness.caller, capabilities } }));
    expect(problem.code).toBe('request.too-large');
    expect(await send(client, 1)).toEqual({ count: 1 });
  });

  it('as an answer is a clear problem, and not tried again', async () => {
    const { bus } = await leads(2_000_000);
    const { rpc } = await harness.client();
    const problem = await refusal(rpc.call(large, {}, { caller: harness.caller }));
    expect(problem).toMatchObject({ code: 'answer.too-large', type: { status: 500 } });
    expect(problem.message).toBe(`The answer is 2000012 bytes, a message takes ${bus.maxPayload - 4096}.`);
  });

  it('is what the configuration says, for both sides and both ways', async () => {
    await leads(8_000, { maxMessageBytes: 10_000 });
    const small = await harness.client('gateway', { maxMessageBytes: 20_000 });
    expect((await refusal(send(small, 17_000))).message).toMatch(/takes 15904/);
    expect((await refusal(send(small, 12_000))).message).toMatch(/takes 5904/);
    expect((await refusal(small.rpc.call(large, {}, { caller: harness.caller }))).code).toBe('answer.too-large');
    expect(runs).toBe(0);
  });
});

async function disconnected({ bus }: Party): Promise<string> {
  for await (const { type } of bus.connection.status()) if (type === 'disconnect') return type;
  return 'closed';
}
