import { newId } from '#leadwire/kernel';
import { until } from '#leadwire/testing';
import { jetstream } from '@nats-io/jetstream';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { laneFilter } from '../streams/event-subjects.js';
import { MessagingHarness, recordEffects, stepped, upTo } from '../messaging.harness.js';
import { MessagingMetrics } from '../messaging-metrics.js';
import { ensureStream, streamOf } from '../streams/event-stream.js';
import { DurableSubscription } from './durable-subscription.js';
import { Durable } from './durable.js';

describe('a durable subscription', () => {
  let harness: MessagingHarness;
  let subscription: DurableSubscription;

  beforeAll(async () => {
    harness = await MessagingHarness.start();
  });
  afterEach(async () => {
    await subscription.stop();
    await harness.reset();
  });
  afterAll(() => harness.stop());

  async function subscribe(): Promise<DurableSubscription> {
    const { bus, database } = await harness.replica();
    await ensureStream(bus, 'leads');
    const around = { service: 'leads', bus, database, metrics: new MessagingMetrics(new Registry()), logger: pino({ level: 'silent' }) };
    const source = { service: 'leads', aggregate: 'journey', lane: 'main' as const, filter: laneFilter(stepped, stepped.name, 'main') };
    return (subscription = new DurableSubscription({ name: 'record', events: [stepped] as never }, recordEffects, source, around));
  }

  it('opens again when another takes deliveries of its durable, and keeps the order', async () => {
    (await subscribe()).resume();
    const id = newId();
    await harness.publish(stepped, id, 1);
    await until('it reads', async () => (await harness.effects(id)).length === 1);
    const durable = harness.bus.streamName(subscription.durable);
    const thief = await (await jetstream(harness.bus.connection).consumers.get(streamOf(harness.bus, 'leads'), durable)).consume({ max_messages: 5 });
    let last = 1;
    let stolen = 0;
    void (async () => { for await (const _ of thief) stolen++; })();
    // The server shares deliveries out between those that pull.
    await until('some were taken', async () => { await harness.publish(stepped, id, ++last); return stolen > 0; });
    thief.stop();
    for (let more = 0; more < 3; more++) await harness.publish(stepped, id, ++last);
    await until('all had their effect', async () => (await harness.effects(id)).length >= last);
    expect(await harness.effects(id)).toEqual(upTo(last));
  });

  it('that is paused while it opens reads nothing, and reads on when it is resumed', async () => {
    await subscribe();
    const id = newId();
    const inner = subscription as unknown as { reading: Promise<void> };
    const open = vi.spyOn(Durable.prototype, 'open').mockImplementationOnce(async function (this: Durable) {
      open.mockRestore();
      const opening = await this.open();
      subscription.pause();
      return opening;
    });
    subscription.resume();
    // Without an end of the first reading the next would never begin.
    await inner.reading;
    await harness.publish(stepped, id, 1);
    expect(await harness.effects(id)).toEqual([]);
    subscription.resume();
    await until('it reads on', async () => (await harness.effects(id)).length === 1);
  });

  it('that was stopped is not resumed by a lease won afterwards', async () => {
    await subscribe();
    const id = newId();
    await harness.publish(stepped, id, 1);
    await subscription.stop();
    subscription.resume();
    expect((subscription as unknown as { active: boolean }).active).toBe(false);
    expect(await harness.effects(id)).toEqual([]);
  });

  it('reads on after its durable, and after its whole stream, was removed from the server', async () => {
    (await subscribe()).resume();
    const id = newId();
    await harness.publish(stepped, id, 1);
    await until('it reads', async () => (await harness.effects(id)).length === 1);
    const { streams, consumers } = await harness.manager();
    await consumers.delete(streamOf(harness.bus, 'leads'), harness.bus.streamName(subscription.durable));
    await harness.publish(stepped, id, 2);
    await until('it reads without its durable', async () => (await harness.effects(id)).length === 2);
    await streams.delete(streamOf(harness.bus, 'leads'));
    await harness.publish(stepped, id, 3);
    await until('it reads from a new stream', async () => (await harness.effects(id)).length === 3);
  });
});
