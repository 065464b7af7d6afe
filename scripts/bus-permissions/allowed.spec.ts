import { deleteUpload, openUpload, putUpload, type Bus } from '#leadwire/bus';
import { ensureStream } from '#leadwire/messaging';
import { natsProgram } from '#leadwire/testing';
import { AckPolicy, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { busNames, durableNames, eventStream, replayName } from './bus-names.js';
import { GuardedBus, NEEDS, refusals } from './guarded-bus.harness.js';
import { callersOf } from './service-needs.js';

const names = busNames('');
const services = Object.keys(NEEDS).filter((name) => NEEDS[name]!.service);
const reads = services.flatMap((service) => NEEDS[service]!.reads.map((read) => ({ service, read })));
const calls = Object.entries(NEEDS).flatMap(([caller, need]) => need.calls.map((operation) => ({ caller, operation })));

describe.skipIf(!natsProgram())('with the generated permissions', () => {
  let guarded: GuardedBus;
  const bus: Record<string, Bus> = {};

  beforeAll(async () => {
    guarded = await GuardedBus.start();
    for (const name of Object.keys(NEEDS)) bus[name] = await guarded.as(name);
  });
  afterAll(() => guarded.stop());

  it.each(services)('%s makes its stream, publishes, reads it back, and wakes its replicas', async (service) => {
    const mine = bus[service]!;
    const refused = await refusals(mine, async () => {
      await ensureStream(mine, service);
      const { seq } = await jetstream(mine.connection).publish(`ev.${service}.thing.happened.v1.main.0`, 'told');
      const jsm = await jetstreamManager(mine.connection);
      expect((await jsm.streams.info(eventStream(names, service))).state.messages).toBe(1);
      expect((await jsm.streams.getMessage(eventStream(names, service), { seq }))!.string()).toBe('told');
      const woken = new Promise((resolve) => mine.connection.subscribe(`wake.${service}`, { max: 1, callback: resolve }));
      mine.connection.publish(`wake.${service}`);
      await woken;
    });
    expect([...refused]).toEqual([]);
  });

  it.each(reads)('$service reads $read.source/$read.aggregate by $read.consumer, under every name its durable may have', async ({ service, read }) => {
    const { source, aggregate } = read;
    const mine = bus[service]!;
    await ensureStream(bus[source]!, source);
    await jetstream(bus[source]!.connection).publish(`ev.${source}.${aggregate}.changed.v1.main.0`, 'told');
    const refused = await refusals(mine, async () => {
      await ensureStream(mine, source);
      const stream = eventStream(names, source);
      for (const durable of durableNames(names, service, read)) await readOne(mine, stream, durable, `ev.${source}.${aggregate}.*.*.main.*`);
      await readAgain(mine, stream, replayName(names, service, read), `ev.${source}.*.*.*.main.*`);
    });
    expect([...refused]).toEqual([]);
  });

  it('every declared call is heard by its service alone, answered to its caller alone, and can be taken back', async () => {
    for (const service of services) {
      bus[service]!.connection.subscribe(`rpc.${service}.*`, { queue: service, callback: (_, message) => void message.respond(service) });
      await bus[service]!.connection.flush();
    }
    for (const { caller, operation } of calls) {
      const service = operation.slice(0, operation.indexOf('.'));
      const refused = await refusals(bus[caller]!, async () => {
        expect((await bus[caller]!.connection.request(`rpc.${operation}`)).string()).toBe(service);
        const heard = new Promise((resolve) => bus[service]!.connection.subscribe(`rpc-cancel.${service}`, { max: 1, callback: resolve }));
        await bus[service]!.connection.flush();
        bus[caller]!.connection.publish(`rpc-cancel.${service}`);
        await heard;
      });
      expect([...refused]).toEqual([]);
      expect(callersOf(NEEDS, service)).toContain(caller);
    }
  });

  it('an upload goes from the gateway to the service that reads and removes it', async () => {
    const reader = services.find((name) => NEEDS[name]!.uploads === 'reads')!;
    const refused: string[] = [];
    let upload!: Awaited<ReturnType<typeof putUpload>>;
    refused.push(...(await refusals(bus['gateway']!, async () => (upload = await putUpload(bus['gateway']!, Readable.from([Buffer.alloc(300_000, 'x')]), { tenantId: 't' })))));
    refused.push(...(await refusals(bus[reader]!, async () => {
      expect(await buffer(await openUpload(bus[reader]!, upload))).toHaveLength(300_000);
      await deleteUpload(bus[reader]!, upload);
    })));
    expect(refused).toEqual([]);
  });
});

async function readOne(bus: Bus, stream: string, durable: string, filter: string): Promise<void> {
  const jsm = await jetstreamManager(bus.connection);
  await jsm.consumers.add(stream, { durable_name: durable, ack_policy: AckPolicy.Explicit, filter_subject: filter });
  const consumer = await jetstream(bus.connection).consumers.get(stream, durable);
  const message = await consumer.next({ expires: 2_000 });
  expect(message!.string()).toBe('told');
  expect(await message!.ackAck()).toBe(true);
  expect((await jsm.consumers.info(stream, durable)).ack_floor.stream_seq).toBe(message!.seq);
  expect(await jsm.consumers.delete(stream, durable)).toBe(true);
}

async function readAgain(bus: Bus, stream: string, name: string, filter: string): Promise<void> {
  const jsm = await jetstreamManager(bus.connection);
  await jsm.consumers.add(stream, { name, ack_policy: AckPolicy.None, filter_subject: filter });
  const message = await (await jetstream(bus.connection).consumers.get(stream, name)).next({ expires: 2_000 });
  expect((await jsm.streams.getMessage(stream, { seq: message!.seq }))!.string()).toBe('told');
  expect(await jsm.consumers.delete(stream, name)).toBe(true);
}
