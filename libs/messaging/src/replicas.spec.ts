import { newId } from '#leadwire/kernel';
import { testServers, until } from '#leadwire/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Reaction } from './consumers/consumer.decorator.js';
import { CuttableProxy } from './cuttable-proxy.harness.js';
import { MessagingHarness, recordEffects, stepped, upTo, type Replica } from './messaging.harness.js';

/** A gate that handlers wait at. */
function gate(): { reaction: Reaction; waiting: () => number; open: () => void } {
  let open!: () => void;
  let waiting = 0;
  const opened = new Promise<void>((resolve) => (open = resolve));
  const reaction: Reaction = {
    handle: async (delivery) => {
      waiting++;
      await opened;
      await recordEffects.handle(delivery);
    },
  };
  return { reaction, waiting: () => waiting, open };
}

describe('replicas: one leads, another takes over, nothing lost or doubled, order kept', () => {
  let harness: MessagingHarness;
  const unhandled: unknown[] = [];
  const note = (error: unknown): void => void unhandled.push(error);

  beforeAll(async () => {
    process.on('unhandledRejection', note);
    harness = await MessagingHarness.start();
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await harness.reset();
    expect(unhandled).toEqual([]);
  });
  afterAll(async () => {
    process.off('unhandledRejection', note);
    await harness.stop();
  });

  const both = async (): Promise<[Replica, Replica]> => [await harness.replica(), await harness.replica()];
  const allEffects = async (ids: string[], count: number): Promise<void> => {
    const total = ids.length * count;
    await until('every effect is there', async () => (await harness.rows('select 1 from leads.effects')).length >= total, 18_000);
    for (const id of ids) expect(await harness.effects(id)).toEqual(upTo(count));
  };

  it('hands relay and consumer over when the holder’s lease connection dies in the midst of work', async () => {
    const [one, two] = await both();
    for (const replica of [one, two]) {
      await replica.relay.start();
      await harness.consume(replica, recordEffects, { batch: 5 });
    }
    const ids = upTo(6).map(() => newId());
    const telling = Promise.all(ids.map((id) => harness.tell(one, id, upTo(30))));
    await until('work is under way', async () => (await harness.rows('select 1 from leads.effects limit 1')).length > 0);
    await harness.cutLeases(one);
    await telling;
    await allEffects(ids, 30);
    await until('the outbox is empty', async () => (await harness.unpublished()) === 0);
    // The stream holds each aggregate's events in order, each once.
    const streamed = Map.groupBy(await harness.onStream(), (message) => message.aggregateId);
    for (const id of ids) expect(streamed.get(id)!.map((message) => message.sequence)).toEqual(upTo(30));
  });

  it('lets one replica lead at a time', async () => {
    const replicas = await both();
    const holders: string[] = [];
    for (const replica of replicas) {
      replica.leases.stand('leads/test', { onWon: () => holders.push(replica.name), onLost: () => holders.splice(holders.indexOf(replica.name), 1) });
    }
    await until('one holds the lease', () => holders.length === 1);
    const [first] = holders;
    const other = replicas.find((replica) => replica.name !== first)!;
    await replicas.find((replica) => replica.name === first)!.leases.stop();
    await until('the other holds it', () => holders.includes(other.name));
  });

  it('starts the next holder right after the ack floor when a consumer is killed mid-batch', async () => {
    const [one, two] = await both();
    const { reaction, waiting, open } = gate();
    const ids = upTo(4).map(() => newId());
    await harness.consume(one, reaction, { batch: 2, concurrency: 2 });
    for (const n of upTo(6)) for (const id of ids) await harness.publish(stepped, id, n);
    await until('it has two batches in hand', () => waiting() === 2);
    await harness.consume(two, recordEffects, { batch: 3 });
    await harness.kill(one);
    const started = Date.now();
    await allEffects(ids, 6);
    // Not after the ack wait of 15 s.
    expect(Date.now() - started).toBeLessThan(10_000);
    // The killed process's transactions, were they still to come, find the inbox filled.
    open();
    await one.consumers.stop();
    await allEffects(ids, 6);
  });

  it('has each effect once though two holders work at the same time for a while', async () => {
    const [one, two] = await both();
    const { reaction, waiting, open } = gate();
    const id = newId();
    await harness.consume(one, reaction);
    for (const n of upTo(5)) await harness.publish(stepped, id, n);
    await until('the first has it in hand', () => waiting() > 0);
    await harness.consume(two, recordEffects);
    await harness.cutLeases(one);
    open();
    await allEffects([id], 5);
    await harness.publish(stepped, id, 6);
    await allEffects([id], 6);
  });

  it('publishes again what a crash between publish and mark left, and the effect is had once', async () => {
    const one = await harness.replica();
    await one.relay.start();
    await harness.consume(one, recordEffects);
    const ids = upTo(3).map(() => newId());
    for (const id of ids) await harness.tell(one, id, upTo(3));
    await allEffects(ids, 3);
    // As if the marks had never been made; and past the stream's own window of two minutes.
    await harness.rows('update leads.domain_events set processed = false, processed_at = null');
    const two = await harness.replica();
    await harness.kill(one);
    await harness.consume(two, recordEffects);
    await two.relay.start();
    await until('all are published again', async () => (await harness.unpublished()) === 0);
    for (const id of ids) for (const n of upTo(3)) {
      const [row] = await harness.rows('select id from leads.domain_events where aggregate_id = $1 and aggregate_sequence = $2', [id, n]);
      await harness.publish(stepped, id, n, row!.id);
    }
    for (const id of ids) await harness.tell(two, id, [4]);
    await allEffects(ids, 4);
  });

  it('goes on in order after the connection to the bus was cut in the midst of work', async () => {
    const proxy = await CuttableProxy.before(testServers().natsUrl);
    const one = await harness.replica(proxy.url);
    await one.relay.start();
    await harness.consume(one, recordEffects, { batch: 3 });
    const ids = upTo(6).map(() => newId());
    const telling = Promise.all(ids.map((id) => harness.tell(one, id, upTo(20))));
    await until('work is under way', async () => (await harness.rows('select 1 from leads.effects limit 1')).length > 0);
    proxy.cut();
    await telling;
    proxy.restore();
    await allEffects(ids, 20);
    await one.stop();
    await proxy.close();
  });

  it('opens again when deliveries were lost on the way, so that no successor overtakes them', async () => {
    const proxy = await CuttableProxy.before(testServers().natsUrl);
    const one = await harness.replica(proxy.url);
    await harness.consume(one, recordEffects);
    const id = newId();
    await harness.publish(stepped, id, 1);
    await allEffects([id], 1);
    proxy.swallow();
    // The server believes these delivered.
    for (const n of [2, 3]) await harness.publish(stepped, id, n);
    await until('they are under way', async () => (await harness.pendingAcks('record')) === 2);
    proxy.cut();
    proxy.restore();
    for (const n of [4, 5, 6]) await harness.publish(stepped, id, n);
    await allEffects([id], 6);
    await one.stop();
    await proxy.close();
  });

  it('stops while the bus is away, and while a durable is being opened', async () => {
    const proxy = await CuttableProxy.before(testServers().natsUrl);
    const one = await harness.replica(proxy.url);
    await one.relay.start();
    await harness.consume(one, recordEffects);
    await one.consumers.stop();
    const two = await harness.replica(proxy.url);
    await harness.consume(two, recordEffects);
    await harness.tell(one, newId(), [1]);
    proxy.cut();
    await expect(Promise.all([one.stop(), two.stop()])).resolves.toHaveLength(2);
    await proxy.close();
  });

  it('does not take a lease that is won after the stop', async () => {
    const [one, two] = await both();
    await harness.consume(one, recordEffects);
    await until('the first leads', async () => (await harness.rows(`select 1 from pg_locks l join pg_stat_activity a using (pid) where locktype = 'advisory' and application_name = $1`, [one.name])).length > 0);
    await harness.consume(two, recordEffects);
    await two.consumers.stop();
    await one.stop();
    const id = newId();
    await harness.publish(stepped, id, 1);
    const three = await harness.replica();
    await two.leases.stop();
    await harness.consume(three, recordEffects);
    await allEffects([id], 1);
  });

  it('reads on after pauses and resumes at any moment', async () => {
    const [one, two] = await both();
    for (const replica of [one, two]) await harness.consume(replica, recordEffects, { batch: 2 });
    const ids = upTo(5).map(() => newId());
    const publishing = Promise.all(ids.map(async (id) => { for (const n of upTo(40)) await harness.publish(stepped, id, n); }));
    for (const replica of [one, two, one, two]) {
      const before = (await harness.rows('select 1 from leads.effects')).length;
      await harness.cutLeases(replica);
      await until('there is progress', async () => { const n = (await harness.rows('select 1 from leads.effects')).length; return n > before || n === 200; });
    }
    await publishing;
    await allEffects(ids, 40);
  });
});
