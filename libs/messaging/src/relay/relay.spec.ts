import { defineEvent } from '#leadwire/contracts';
import { newId } from '#leadwire/kernel';
import { until } from '#leadwire/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MessagingHarness, Step, stepped, stopped, upTo, type Replica } from '../messaging.harness.js';
import { streamOf } from '../streams/event-stream.js';

const SECOND_NS = 1_000_000_000;

describe('the relay', () => {
  let harness: MessagingHarness;
  let replica: Replica;

  beforeEach(async () => {
    harness = await MessagingHarness.start();
    replica = await harness.replica();
  });
  afterEach(() => harness.stop());

  const published = (): Promise<unknown> => until('the outbox is empty', async () => (await harness.unpublished()) === 0);
  const tellMany = (aggregateId: string, steps: number[], event = stepped): Promise<void> =>
    replica.database.forTenantAsService(harness.tenantId, (tx) => replica.outbox.addMany(tx, event, steps.map((n) => ({ aggregateId, payload: { n } }))));

  it('publishes nothing twice after its marks were lost, also past the stream’s dedupe window', async () => {
    await replica.relay.start();
    const ids = upTo(5).map(() => newId());
    for (const id of ids) await tellMany(id, upTo(120));
    await published();
    await replica.stop();
    const manager = await harness.manager();
    const stream = streamOf(harness.bus, 'leads');
    const { config } = await manager.streams.info(stream);
    await manager.streams.update(stream, { ...config, duplicate_window: 0.1 * SECOND_NS });
    await new Promise((resolve) => setTimeout(resolve, 300));
    await manager.streams.update(stream, config);
    // The last 400 of 600: more than one look back.
    await harness.rows('update leads.domain_events set processed = false where position > (select max(position) - 400 from leads.domain_events)');

    const heir = await harness.replica();
    await heir.relay.start();
    await published();
    await heir.database.forTenantAsService(harness.tenantId, (tx) => heir.outbox.add(tx, stepped, ids[0]!, { n: 121 }));
    await published();
    const streamed = Map.groupBy(await harness.onStream(), (message) => message.aggregateId);
    for (const [i, id] of ids.entries()) expect(streamed.get(id)!.map(({ sequence }) => sequence)).toEqual(upTo(i === 0 ? 121 : 120));
  });

  it('lets no second writer between its events: what it sends after that is refused, and sent again in order', async () => {
    await replica.relay.start();
    const [own, foreign] = [newId(), newId()];
    for (const n of upTo(10)) {
      await tellMany(own, upTo(100).map((i) => (n - 1) * 100 + i));
      await harness.publish(stepped, foreign, n);
    }
    await published();
    const streamed = Map.groupBy(await harness.onStream(), (message) => message.aggregateId);
    expect(streamed.get(own)!.map(({ sequence }) => sequence)).toEqual(upTo(1_000));
    expect(streamed.get(foreign)).toHaveLength(10);
  });

  it('lets an urgent event overtake a backlog, behind its own aggregate’s earlier events, each copied once', async () => {
    const [bulk, person] = [newId(), newId()];
    for (let n = 0; n < 5; n++) await tellMany(bulk, upTo(1_000).map((i) => n * 1_000 + i));
    await tellMany(person, [1, 2]);
    await tellMany(person, [3], stopped);
    await replica.relay.start();
    await published();
    const all = await harness.onStream();
    const express = all.filter(({ lane }) => lane === 'express');
    expect(express.map(({ aggregateId, sequence }) => [aggregateId, sequence])).toEqual([[person, 1], [person, 2], [person, 3]]);
    // Not behind the backlog: at most two batches of it were ahead.
    expect(all.findIndex(({ lane }) => lane === 'express')).toBeLessThanOrEqual(1_000);
    expect(all.filter(({ lane, aggregateId }) => lane === 'main' && aggregateId === person).map(({ sequence }) => sequence)).toEqual([1, 2, 3]);

    await tellMany(person, [4]);
    await tellMany(person, [5], stopped);
    await published();
    await until('the copies are there', async () => (await harness.onStream()).filter(({ lane }) => lane === 'express').length === 5);
    expect((await harness.onStream()).filter(({ lane }) => lane === 'express').map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5]);
  });

  it('copies every urgent event, however many are told at once', async () => {
    await replica.relay.start();
    const ids = upTo(250).map(() => newId());
    await replica.database.forTenantAsService(harness.tenantId, (tx) =>
      replica.outbox.addMany(tx, stopped, ids.map((aggregateId) => ({ aggregateId, payload: { n: 1 } }))));
    await published();
    const left = 'select 1 from leads.domain_events where urgent and not expressed';
    await until('all are copied', async () => (await harness.rows(left)).length === 0);
    expect((await harness.onStream()).filter(({ lane }) => lane === 'express')).toHaveLength(250);
  });

  it('publishes what the table spells longer than a message may be', async () => {
    await replica.relay.start();
    const payload = { n: 1, more: Array(4_000).fill(1e300) };
    await replica.database.forTenantAsService(harness.tenantId, (tx) => replica.outbox.add(tx, stepped, newId(), payload));
    await published();
    const message = await (await harness.manager()).streams.getMessage(streamOf(harness.bus, 'leads'), { seq: 1 });
    expect(message!.json()).toEqual(payload);
  });

  it('hears of commits of the other replicas at once', async () => {
    const other = await harness.replica();
    await replica.relay.start();
    await until('it leads', async () => (await harness.rows(`select 1 from pg_stat_activity where application_name = 'leadwire-leads-relay' and datname = current_database()`)).length === 1);
    const id = newId();
    const started = performance.now();
    for (const n of upTo(40)) {
      await harness.tell(other, id, [n]);
      await published();
    }
    expect(performance.now() - started).toBeLessThan(40 * 90);
  });

  it('publishes no event of another service: it is refused when it is told', async () => {
    const foreign = defineEvent('shop', 'order', 'placed', { summary: 'An order was placed.', payload: Step });
    const telling = replica.database.forTenantAsService(harness.tenantId, (tx) => replica.outbox.add(tx, foreign, newId(), { n: 1 }));
    await expect(telling).rejects.toThrow('shop.order.placed is told by shop, not by leads');
  });

  it('takes a stream as an operator has set it', async () => {
    await replica.relay.start();
    const manager = await harness.manager();
    const stream = streamOf(harness.bus, 'leads');
    const { config } = await manager.streams.info(stream);
    await manager.streams.update(stream, { ...config, max_age: 86_400 * SECOND_NS });
    await replica.stop();
    const heir = await harness.replica();
    await heir.relay.start();
    await harness.tell(heir, newId(), [1]);
    await published();
    expect((await manager.streams.info(stream)).config.max_age).toBe(86_400 * SECOND_NS);
  });

  it('goes on with a stream that was lost and made anew', async () => {
    await replica.relay.start();
    const id = newId();
    await tellMany(id, upTo(10));
    await published();
    await (await harness.manager()).streams.delete(streamOf(harness.bus, 'leads'));
    await tellMany(id, [11]);
    await published();
    expect((await harness.onStream()).map(({ sequence }) => sequence)).toEqual([11]);
  });
});
