import { newId } from '#leadwire/kernel';
import { until } from '#leadwire/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { MessagingHarness, recordEffects, stepped, upTo } from '../../messaging.harness.js';
import type { Reaction } from '../consumer.decorator.js';
import { discardDeadLetters } from './discard-dead-letters.js';
import { listDeadLetters, readDeadLetter } from './list-dead-letters.js';
import { retryDeadLetters } from './retry-dead-letters.js';

describe('dead letters', () => {
  let harness: MessagingHarness;
  let broken: boolean;
  const reaction: Reaction = {
    handle: (delivery) => {
      if (broken && delivery.events.some((event) => event.payload.n % 2 === 1)) throw new Error('odd');
      return recordEffects.handle(delivery);
    },
  };

  beforeAll(async () => {
    harness = await MessagingHarness.start();
  });
  afterEach(() => harness.reset());
  afterAll(() => harness.stop());

  const inTenant = async <T>(work: Parameters<Awaited<ReturnType<MessagingHarness['replica']>>['database']['forTenantAsService']>[1]): Promise<T> =>
    (await replica()).database.forTenantAsService(harness.tenantId, work) as Promise<T>;
  let running: Awaited<ReturnType<MessagingHarness['replica']>> | undefined;
  const replica = async () => (running ??= await harness.replica());

  async function buried(id: string, steps: number[]): Promise<void> {
    broken = true;
    running = undefined;
    await harness.consume(await replica(), reaction, { backOff: [5] });
    for (const n of steps) await harness.publish(stepped, id, n);
    const odd = steps.filter((n) => n % 2 === 1).length;
    await until('the odd are buried', async () => (await harness.rows('select 1 from leads.dead_letters where resolved_at is null')).length === odd);
    await until('the even are handled', async () => (await harness.effects(id)).length === steps.length - odd);
  }

  it('are listed by a cursor, read, retried set-wise and resolved once they had their effect', async () => {
    const id = newId();
    await buried(id, upTo(6));
    const first = await inTenant<any[]>((tx) => listDeadLetters(tx, { consumer: 'record', state: 'unresolved' }, 2));
    const rest = await inTenant<any[]>((tx) => listDeadLetters(tx, { type: stepped.type }, 2, first.at(-1).id));
    expect([...first, ...rest].map((letter) => letter.sequence)).toEqual([5, 3, 1]);
    expect(await inTenant((tx) => readDeadLetter(tx, rest[0].id))).toMatchObject({ payload: { n: 1 }, attempts: 2, state: 'unresolved', aggregateId: id });
    broken = false;
    expect(await inTenant((tx) => retryDeadLetters(tx, { ids: [first[0].id, first[1].id], consumer: 'record' }))).toBe(2);
    await until('two are handled', async () => (await harness.effects(id)).length === 5);
    // In the order in which they were told.
    expect(await harness.effects(id)).toEqual([2, 4, 6, 3, 5]);
    await until('they are resolved', async () => (await inTenant<any[]>((tx) => listDeadLetters(tx, { state: 'resolved' }, 9))).length === 2);
    expect(await inTenant<any[]>((tx) => listDeadLetters(tx, { state: 'unresolved' }, 9))).toHaveLength(1);
    await harness.publish(stepped, id, 7);
    await until('the aggregate is on the stream again', async () => (await harness.effects(id)).includes(7));
  });

  it('that fail again are dead letters again, with their attempts counted anew', async () => {
    await buried(newId(), [1]);
    const [letter] = await inTenant<any[]>((tx) => listDeadLetters(tx, {}, 1));
    await inTenant((tx) => retryDeadLetters(tx, { ids: [letter.id] }));
    await until('it was tried', async () => (await harness.rows('select 1 from leads.parked_events')).length === 0);
    expect(await inTenant((tx) => readDeadLetter(tx, letter.id))).toMatchObject({ state: 'unresolved', attempts: 2, resolution: null });
    expect(await harness.rows('select 1 from leads.inbox')).toHaveLength(1);
  });

  it('that were discarded keep the reason and never run again, though the event is delivered again', async () => {
    const id = newId();
    await buried(id, [1]);
    const [row] = await harness.rows('select event_id from leads.dead_letters');
    expect(await inTenant((tx) => discardDeadLetters(tx, { type: stepped.type }, 'never mind'))).toBe(1);
    expect(await inTenant((tx) => retryDeadLetters(tx, { consumer: 'record' }))).toBe(0);
    broken = false;
    await harness.publish(stepped, id, 1, row!.event_id);
    await harness.publish(stepped, id, 2);
    await until('what follows is handled', async () => (await harness.effects(id)).length === 1);
    expect(await harness.effects(id)).toEqual([2]);
    expect(await inTenant<any[]>((tx) => listDeadLetters(tx, { state: 'resolved' }, 1))).toMatchObject([{ resolution: 'discarded' }]);
  });

  it('of another tenant are out of reach', async () => {
    await buried(newId(), [1]);
    const { database } = await replica();
    expect(await database.forTenantAsService(newId(), (tx) => listDeadLetters(tx, {}, 9))).toEqual([]);
    expect(await database.forTenantAsService(newId(), (tx) => retryDeadLetters(tx, { consumer: 'record' }))).toBe(0);
    expect(await database.forTenantAsService(newId(), (tx) => discardDeadLetters(tx, { consumer: 'record' }, 'mine'))).toBe(0);
  });
});
