import { newId } from '#leadwire/kernel';
import { until } from '#leadwire/testing';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MessagingHarness, recordEffects, stepped, upTo } from '../messaging.harness.js';
import { MessagingMetrics } from '../messaging-metrics.js';
import type { Reaction } from './consumer.decorator.js';

describe('how far a consumer is', () => {
  let harness: MessagingHarness;

  beforeAll(async () => {
    harness = await MessagingHarness.start();
  });
  afterAll(() => harness.stop());

  it('is told of the stream, of what is in hand, and of what is parked, with the age of the oldest', async () => {
    const [stuck, poisoned] = [newId(), newId()];
    let open!: () => void;
    const opened = new Promise<void>((resolve) => (open = resolve));
    const reaction: Reaction = {
      handle: async (delivery) => {
        if (delivery.events[0]!.aggregateId === poisoned) throw new Error('poisoned');
        await opened;
        await recordEffects.handle(delivery);
      },
    };
    const replica = await harness.replica();
    await harness.consume(replica, reaction, { backOff: [60_000] });
    const { consumers } = replica;
    expect(consumers.names).toEqual(new Set(['record']));
    for (const n of upTo(3)) await harness.publish(stepped, poisoned, n);
    for (const n of upTo(4)) await harness.publish(stepped, stuck, n);
    const lag = await until('all are counted', async () => (await consumers.lags()).find((each) => each.parked === 3 && each.inHand === 4));
    expect(lag).toMatchObject({ consumer: 'record', source: 'leads', aggregate: 'journey', lane: 'main', pending: 0, paused: false });
    expect(lag.oldestUnhandledSeconds).toBeGreaterThan(0);
    expect(lag.oldestUnhandledSeconds).toBeLessThan(20);
    const registry = new Registry();
    MessagingMetrics.consumerGauges(registry, () => consumers.lags());
    const text = await registry.metrics();
    expect(text).toContain('leadwire_consumer_pending{consumer="record",source="leads.journey",lane="main"} 4');
    expect(text).toContain('leadwire_parked_events{consumer="record",source="leads.journey",lane="main"} 3');
    open();
    await until('what was in hand is handled', async () => (await consumers.lags())[0]!.inHand === 0);
    const still = (await consumers.lags())[0]!.oldestUnhandledSeconds;
    expect(still).toBeGreaterThan(0);
    await harness.rows('delete from leads.parked_events');
    expect((await consumers.lags())[0]!.oldestUnhandledSeconds).toBeNull();
  });
});
