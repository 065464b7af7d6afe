import { newId } from '#leadwire/kernel';
import { until } from '#leadwire/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { MessagingHarness, recordEffects, stepped, upTo, type Replica } from '../../messaging.harness.js';
import type { Reaction } from '../consumer.decorator.js';

const BEHIND = 2_300;

describe('an aggregate that is parked', () => {
  let harness: MessagingHarness;
  let broken: (event: { aggregateId: string; tenantId: string; payload: any }) => boolean;
  const reaction: Reaction = {
    handle: (delivery) => {
      if (delivery.events.some(broken)) throw new Error('poisoned');
      return recordEffects.handle(delivery);
    },
  };

  beforeAll(async () => {
    harness = await MessagingHarness.start();
  });
  afterEach(() => harness.reset());
  afterAll(() => harness.stop());

  const parked = async () => (await harness.rows<{ n: number }>('select count(*)::int as n from leads.parked_events'))[0]!.n;
  const publishAll = async (id: string, steps: number[], tenantId = harness.tenantId): Promise<void> => {
    // One connection keeps the order in which they are sent.
    for (let i = 0; i < steps.length; i += 200) await Promise.all(steps.slice(i, i + 200).map((n) => harness.publish(stepped, id, n, newId(), tenantId)));
  };

  it('lets others flow though more than the server’s window waits behind its poison, and comes through in order', async () => {
    const [bad, good] = [newId(), newId()];
    broken = ({ aggregateId, payload }) => aggregateId === bad && payload.n === 1;
    const one = await harness.replica();
    await harness.consume(one, reaction, { batch: 50, backOff: [300, 60_000, 60_000] });
    await publishAll(bad, upTo(BEHIND));
    await harness.publish(stepped, good, 1);
    await until('another aggregate is handled', async () => (await harness.effects(good)).length === 1);
    await until('all of the poisoned one are parked', async () => (await parked()) === BEHIND);
    expect(await harness.effects(bad)).toEqual([]);
    await until('nothing waits on the stream', async () => (await harness.pendingAcks('record')) === 0);
    // The holder is killed while it waits; the next one goes on in the midst of the lane.
    const two = await harness.replica();
    await harness.kill(one);
    broken = () => false;
    await harness.rows('update leads.parked_events set due_at = clock_timestamp() where due_at is not null');
    await harness.consume(two, reaction, { batch: 50 });
    await publishAll(bad, [BEHIND + 1, BEHIND + 2]);
    await until('it came through', async () => (await harness.effects(bad)).length === BEHIND + 2);
    expect(await harness.effects(bad)).toEqual(upTo(BEHIND + 2));
    await until('nothing is parked', async () => (await parked()) === 0);
    await harness.publish(stepped, bad, BEHIND + 3);
    await until('it is on the stream again', async () => (await harness.effects(bad)).length === BEHIND + 3);
  }, 60_000);

  it('does so for every aggregate of a tenant whose events all fail, while the other tenants’ flow', async () => {
    const sick = newId();
    broken = ({ tenantId }) => tenantId === sick;
    await harness.consume(await harness.replica(), reaction, { batch: 20, backOff: [200, 60_000] });
    const ids = upTo(300).map(() => newId());
    await Promise.all(ids.map(async (id) => { for (const n of upTo(5)) await harness.publish(stepped, id, n, newId(), sick); }));
    const well = newId();
    for (const n of upTo(20)) await harness.publish(stepped, well, n);
    await until('the other tenant’s are handled', async () => (await harness.effects(well)).length === 20);
    await until('the sick tenant’s are parked', async () => (await parked()) === 1_500);
    broken = () => false;
    await harness.rows('update leads.parked_events set due_at = clock_timestamp() where due_at is not null');
    await until('all came through', async () => (await parked()) === 0, 30_000);
    const rows = await harness.rows<{ aggregate_id: string; n: number }>('select aggregate_id, n from leads.effects where tenant_id = $1 order by position', [sick]);
    const byAggregate = Map.groupBy(rows, (row) => row.aggregate_id);
    for (const id of ids) expect(byAggregate.get(id)!.map((row) => row.n)).toEqual(upTo(5));
  }, 60_000);

  it('keeps its order when its holder changes again and again', async () => {
    const ids = upTo(4).map(() => newId());
    let calls = 0;
    broken = () => ++calls % 7 === 0;
    const replicas = [await harness.replica(), await harness.replica()];
    for (const replica of replicas) await harness.consume(replica, reaction, { batch: 3, backOff: Array(50).fill(20) });
    const publishing = Promise.all(ids.map((id) => publishAll(id, upTo(60))));
    for (const replica of [...replicas, ...replicas]) {
      const before = (await harness.rows('select 1 from leads.effects')).length;
      await harness.cutLeases(replica);
      await until('there is progress', async () => { const n = (await harness.rows('select 1 from leads.effects')).length; return n > before || n === 240; });
    }
    await publishing;
    await until('all came through', async () => (await harness.rows('select 1 from leads.effects')).length >= 240, 30_000);
    for (const id of ids) expect(await harness.effects(id)).toEqual(upTo(60));
    expect(await harness.rows('select 1 from leads.dead_letters')).toEqual([]);
  }, 60_000);

  describe('one with more events in hand than a lane may hold', () => {
    const MANY = 1_500;

    /** Its first event is held in the handler until all the others wait behind it; answers how that first attempt is ended. */
    async function heldAtFirst(id: string): Promise<{ holder: Replica; end: (error?: Error) => void }> {
      const first = Promise.withResolvers<void>();
      let calls = 0;
      broken = () => false;
      const held: Reaction = {
        handle: async (delivery) => {
          if (++calls === 1) await first.promise;
          await recordEffects.handle(delivery);
        },
      };
      const holder = await harness.replica();
      await harness.consume(holder, held, { batch: 50, backOff: [50, 60_000] });
      await publishAll(id, [1]);
      await until('its first is in hand', () => calls === 1);
      await publishAll(id, upTo(MANY).slice(1));
      await until('all of it waits', async () => (await harness.pendingAcks('record')) + (await parked()) === MANY);
      return { holder, end: (error) => (error ? first.reject(error) : first.resolve()) };
    }
    const comesThrough = async (id: string): Promise<number[]> => {
      await until('it came through', async () => (await harness.effects(id)).length === MANY, 15_000);
      await until('nothing is left', async () => (await harness.pendingAcks('record')) + (await parked()) === 0);
      return harness.effects(id);
    };

    it.each([['is done', undefined], ['fails', new Error('not yet')]])('keeps its order when the first %s', async (_, error) => {
      const id = newId();
      (await heldAtFirst(id)).end(error);
      expect(await comesThrough(id)).toEqual(upTo(MANY));
    }, 40_000);

    it('keeps its order when its holder is cut off', async () => {
      const id = newId();
      const { holder, end } = await heldAtFirst(id);
      await harness.consume(await harness.replica(), recordEffects, { batch: 50 });
      await harness.cutLeases(holder);
      expect(await comesThrough(id).finally(() => end())).toEqual(upTo(MANY));
    }, 40_000);
  });
});
