import { newId, Problems } from '#leadwire/kernel';
import { until } from '#leadwire/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { MessagingHarness, recordEffects, stepped, turned, upTo } from '../messaging.harness.js';
import type { Reaction } from './consumer.decorator.js';

describe('consumers: redelivery, failure, dead letters', () => {
  let harness: MessagingHarness;

  beforeAll(async () => {
    harness = await MessagingHarness.start();
  });
  afterEach(() => harness.reset());
  afterAll(() => harness.stop());

  const deadLetters = () =>
    harness.rows('select event_id, attempts, error, payload, event_type, aggregate_id, aggregate_sequence::int as seq from leads.dead_letters');

  /** Records effects, but throws what `fault` answers for an event. */
  const failing = (fault: (n: number, aggregateId: string) => unknown): Reaction => ({
    handle: (delivery) => {
      for (const event of delivery.events) {
        const error = fault(event.payload.n, event.aggregateId);
        if (error) throw error;
      }
      return recordEffects.handle(delivery);
    },
  });

  it('has the effect of an event once, however often and in whatever batch it is delivered', async () => {
    const [a, b] = [newId(), newId()];
    const id = await harness.publish(stepped, a, 1);
    await harness.publish(stepped, a, 1, id);
    await harness.publish(stepped, a, 2);
    await harness.consume(await harness.replica(), recordEffects, { batch: 50 });
    await until('handled', async () => (await harness.effects(a)).length === 2);
    await harness.publish(stepped, a, 1, id);
    await harness.publish(stepped, a, 1, id.toUpperCase());
    await harness.publish(stepped, b, 1);
    await until('what came after the redelivery is handled', async () => (await harness.effects(b)).length === 1);
    await harness.publish(stepped, a, 3);
    await until('the aggregate goes on', async () => (await harness.effects(a)).includes(3));
    expect(await harness.effects(a)).toEqual([1, 2, 3]);
  });

  it('backs off for one aggregate, in its order, without holding up the others', async () => {
    const [bad, ...good] = upTo(6).map(() => newId());
    let failures = 0;
    const reaction = failing((n, id) => id === bad && n === 1 && ++failures <= 3 && new Error('not yet'));
    await harness.consume(await harness.replica(), reaction, { backOff: [150, 150, 150, 150] });
    for (const n of [1, 2, 3]) await harness.publish(stepped, bad!, n);
    for (const id of good) await harness.publish(stepped, id, 1);
    await until('the others are handled', async () => (await Promise.all(good.map((id) => harness.effects(id)))).every((n) => n.length === 1));
    expect(await harness.effects(bad!)).toEqual([]);
    await until('the failing one comes through', async () => (await harness.effects(bad!)).length === 3);
    expect(await harness.effects(bad!)).toEqual([1, 2, 3]);
    expect(failures).toBe(4);
    expect(await deadLetters()).toEqual([]);
  });

  it('keeps a poisoned event as a dead letter after its schedule, and its successors go on', async () => {
    const id = newId();
    const poison = await harness.publish(stepped, id, 1);
    await harness.publish(stepped, id, 2);
    await harness.consume(await harness.replica(), failing((n) => n === 1 && new Error('poisoned \0 text')), { backOff: [10, 10] });
    await until('the successor is handled', async () => (await harness.effects(id)).length === 1);
    expect(await harness.effects(id)).toEqual([2]);
    const letters = await deadLetters();
    expect(letters).toHaveLength(1);
    expect(letters[0]).toMatchObject({ event_id: poison, attempts: 3, payload: { n: 1 }, event_type: stepped.type, aggregate_id: id, seq: 1 });
    expect(letters[0]!.error).toContain('poisoned');
  });

  it('never gives up on an event because of an outage', async () => {
    const id = newId();
    let attempts = 0;
    const reaction = failing(() => ++attempts <= 3 && (attempts % 2 ? Problems.unavailable() : Object.assign(new Error('no'), { code: 'ECONNREFUSED' })));
    await harness.consume(await harness.replica(), reaction, { backOff: [], batch: 10 });
    await harness.publish(stepped, id, 1);
    await harness.publish(stepped, id, 2);
    await until('the outage is over', async () => (await harness.effects(id)).length === 2);
    expect(await harness.effects(id)).toEqual([1, 2]);
    expect(await deadLetters()).toEqual([]);
  });

  it('does not let one bad event take its batch down', async () => {
    const ids = upTo(10).map(() => newId());
    for (const id of ids) for (const n of [1, 2]) await harness.publish(stepped, id, n);
    const reaction = failing((n, id) => id === ids[4] && n === 1 && new Error('bad'));
    await harness.consume(await harness.replica(), reaction, { batch: 20, backOff: [20] });
    await until('the rest of the batch is handled', async () => (await harness.rows('select 1 from leads.effects')).length === 19);
    for (const id of ids) expect(await harness.effects(id)).toEqual(id === ids[4] ? [2] : [1, 2]);
    expect(await deadLetters()).toHaveLength(1);
  });

  it('takes a reaction that returns without its transaction for a fault', async () => {
    const id = newId();
    await harness.consume(await harness.replica(), { handle: () => Promise.resolve() }, { backOff: [5] });
    await harness.publish(stepped, id, 1);
    const letters = await until('it is kept', async () => { const found = await deadLetters(); return found.length > 0 && found; });
    expect(letters[0]!.error).toContain('without delivery.transaction()');
  });

  it('rolls the inbox back with the effect, so that the next attempt has it', async () => {
    const id = newId();
    let attempts = 0;
    const reaction: Reaction = {
      handle: (delivery) =>
        delivery.each(async (tx, event) => {
          await tx.query('insert into effects (aggregate_id, event_id, n) values ($1, $2, $3)', [event.aggregateId, event.id, event.payload.n]);
          if (++attempts < 3) throw new Error('after the write');
        }),
    };
    await harness.consume(await harness.replica(), reaction, { backOff: [5, 5, 5] });
    await harness.publish(stepped, id, 1);
    await until('it is handled', async () => (await harness.effects(id)).length === 1);
    expect(attempts).toBe(3);
  });

  it('never hands two tenants’ events to one transaction, though they call an aggregate by the same id', async () => {
    const [id, other] = [newId(), newId()];
    const seen: string[][] = [];
    const reaction: Reaction = {
      handle: (delivery) => {
        seen.push([...new Set(delivery.events.map((event) => event.tenantId))]);
        return recordEffects.handle(delivery);
      },
    };
    for (const n of upTo(10)) await harness.publish(stepped, id, n, newId(), n % 2 ? harness.tenantId : other);
    await harness.consume(await harness.replica(), reaction, { batch: 50 });
    await until('all are handled', async () => (await harness.effects(id)).length === 10);
    expect(seen.every((tenants) => tenants.length === 1)).toBe(true);
    const rows = await harness.rows(`select count(*)::int as n from leads.effects e join leads.inbox i using (event_id) where e.tenant_id = i.tenant_id`);
    expect(rows[0]!.n).toBe(10);
  });

  it('lets what is no event, or not asked for, pass without stopping', async () => {
    const id = newId();
    await harness.publish(turned, id, 1);
    await harness.publish(stepped, 'not-an-id', 1);
    await harness.publish(stepped, id, 2);
    const filtered = { events: [stepped, { ...turned, type: 'leads.journey.other' }] };
    await harness.consume(await harness.replica(), recordEffects, filtered);
    await until('the event asked for is handled', async () => (await harness.effects(id)).length === 1);
    expect(await harness.effects(id)).toEqual([2]);
  });

  it('hears a kind of event that was added to the consumer after its durable was made', async () => {
    const id = newId();
    const before = await harness.replica();
    await harness.consume(before, recordEffects);
    await harness.publish(stepped, id, 1);
    await until('handled', async () => (await harness.effects(id)).length === 1);
    await before.stop();
    await harness.consume(await harness.replica(), recordEffects, { events: [stepped, turned] });
    await harness.publish(turned, id, 2);
    await until('the new kind is handled', async () => (await harness.effects(id)).length === 2);
  });

  it('keeps its memory bounded by the server’s limit under a long backlog, and still works it off in order', async () => {
    const ids = upTo(40).map(() => newId());
    await Promise.all(ids.map(async (id) => { for (const n of upTo(40)) await harness.publish(stepped, id, n); }));
    let most = 0;
    let open = 0;
    const reaction: Reaction = {
      handle: async (delivery) => {
        most = Math.max(most, ++open);
        await recordEffects.handle(delivery).finally(() => open--);
      },
    };
    await harness.consume(await harness.replica(), reaction, { batch: 25, concurrency: 4 });
    await until('the backlog is worked off', async () => (await harness.rows('select 1 from leads.effects')).length === 1_600);
    for (const id of ids) expect(await harness.effects(id)).toEqual(upTo(40));
    expect(most).toBeLessThanOrEqual(4);
  });
});
