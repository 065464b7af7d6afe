import { newId } from '#leadwire/kernel';
import { defineEvent } from '#leadwire/contracts';
import { until } from '#leadwire/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { MessagingHarness, recordEffects, Step, stepped, upTo } from '../messaging.harness.js';
import type { Reaction } from './consumer.decorator.js';
import { pauseConsumer, resumeConsumer } from './pause-consumer.js';

const stopped = defineEvent<Step>('leads', 'journey', 'stopped', { summary: 'Enough.', payload: Step, urgent: true });
const BULK = 2_000;

describe('the express lane', () => {
  let harness: MessagingHarness;

  beforeAll(async () => {
    harness = await MessagingHarness.start();
  });
  afterEach(() => harness.reset());
  afterAll(() => harness.stop());

  const total = async () => (await harness.rows<{ n: number }>('select count(*)::int as n from leads.effects'))[0]!.n;

  it('brings an urgent event past bulk, after its aggregate’s own predecessors, and nothing twice', async () => {
    const other = newId();
    const [lead, bulk] = [newId(), upTo(40).map(() => newId())];
    const slow: Reaction = {
      handle: async (delivery) => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        await recordEffects.handle(delivery);
      },
    };
    await Promise.all(bulk.map(async (id) => { for (const n of upTo(BULK / bulk.length)) await harness.publish(stepped, id, n, newId(), other); }));
    // As the relay does: all on main, in order; the urgent one and its predecessors on express besides.
    const ids = upTo(4).map(() => newId());
    for (const lane of ['main', 'express'] as const) {
      for (const n of upTo(4)) await harness.publish(n === 4 ? stopped : stepped, lead, n, ids[n - 1], undefined, { lane });
    }
    await harness.publish(stepped, lead, 5);
    await harness.consume(await harness.replica(), slow, { events: [stepped, stopped], batch: 10, concurrency: 2 });
    await until('the urgent event had its effect', async () => (await harness.effects(lead)).includes(4));
    const before = await total();
    expect(before).toBeLessThan(BULK / 2);
    expect((await harness.effects(lead)).slice(0, 4)).toEqual(upTo(4));
    await until('all had their effect', async () => (await total()) === BULK + 5, 40_000);
    expect(await harness.effects(lead)).toEqual(upTo(5));
    for (const id of bulk) expect(await harness.effects(id)).toEqual(upTo(BULK / bulk.length));
  }, 60_000);

  it('keeps the order when main and express come to an aggregate at once, some of it failing', async () => {
    const ids = upTo(10).map(() => newId());
    let calls = 0;
    const reaction: Reaction = {
      handle: (delivery) => {
        if (++calls % 5 === 0) throw new Error('now and then');
        return recordEffects.handle(delivery);
      },
    };
    await harness.consume(await harness.replica(), reaction, { events: [stepped, stopped], batch: 3, backOff: Array(50).fill(10) });
    await Promise.all(ids.map(async (id) => {
      for (const n of upTo(20)) {
        const event = n % 5 === 0 ? stopped : stepped;
        const eventId = await harness.publish(event, id, n);
        await harness.publish(event, id, n, eventId, undefined, { lane: 'express' });
      }
    }));
    await until('all had their effect', async () => (await total()) >= 200, 30_000);
    for (const id of ids) expect(await harness.effects(id)).toEqual(upTo(20));
    expect(await harness.rows('select 1 from leads.dead_letters')).toEqual([]);
  }, 60_000);

  it('and a paused consumer: begins nothing, also after a restart, and loses nothing', async () => {
    const one = await harness.replica();
    const id = newId();
    await harness.consume(one, recordEffects);
    await harness.publish(stepped, id, 1);
    await until('it runs', async () => (await total()) === 1);
    await one.database.withoutTenant((tx) => pauseConsumer(tx, 'record'));
    const inner = one.consumers as unknown as { subscriptions: { subscription: { active: boolean } }[] };
    await until('it noticed', () => inner.subscriptions.every(({ subscription }) => !subscription.active));
    await harness.publish(stepped, id, 2);
    await one.stop();
    const two = await harness.replica();
    await harness.consume(two, recordEffects);
    const polls = two.consumers as unknown as { polls: number };
    await until('it looked several times', () => polls.polls >= 2);
    expect(await harness.effects(id)).toEqual([1]);
    await two.database.withoutTenant((tx) => resumeConsumer(tx, 'record'));
    await until('it goes on', async () => (await total()) === 2);
    expect(await harness.effects(id)).toEqual([1, 2]);
  });
});
