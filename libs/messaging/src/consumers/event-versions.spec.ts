import { EventHeaders } from '#leadwire/bus';
import { defineEvent, Field, integer, text } from '#leadwire/contracts';
import { newId } from '#leadwire/kernel';
import { until } from '#leadwire/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MessagingHarness, Step, stepped } from '../messaging.harness.js';
import type { Reaction } from './consumer.decorator.js';

class StepV2 {
  @Field(integer()) n: number;
  @Field(text({ max: 20 })) pace: string;
}
const steppedV2 = defineEvent<StepV2, Step>('leads', 'journey', 'stepped', {
  summary: 'A step was taken.', payload: StepV2, version: 2,
  supersedes: { event: stepped, upcast: ({ n }) => ({ n, pace: 'unknown' }), downcast: ({ n }) => ({ n }) },
});

describe('versions of an event', () => {
  let harness: MessagingHarness;

  beforeAll(async () => {
    harness = await MessagingHarness.start();
  });
  afterAll(() => harness.stop());

  it('are each handled once by consumers of either, side by side, also what was published before the newer was there', async () => {
    const seen: Record<string, object[]> = { one: [], two: [] };
    const noting = (name: string): Reaction => ({
      handle: (delivery) => delivery.each(async (_, event) => void seen[name]!.push({ id: event.id, version: event.version, ...event.payload })),
    });
    const id = newId();
    const old = await harness.publish(stepped, id, 1);
    const both = newId();
    const companion = { [EventHeaders.companionOf]: '2' };
    await harness.publish(steppedV2, id, 2, both, undefined, { payload: { n: 2, pace: 'slow' }, fields: { [EventHeaders.oldestVersion]: '1' } });
    await harness.publish(stepped, id, 2, both, undefined, { fields: companion });
    const alone = await harness.publish(steppedV2, id, 3, newId(), undefined, { payload: { n: 3, pace: 'fast' } });
    const replica = await harness.replica();
    await harness.consume(replica, noting('one'), { name: 'one', events: [stepped], backOff: [5] });
    await harness.consume(replica, noting('two'), { name: 'two', events: [steppedV2] });
    await until('both handled them', () => seen.one!.length >= 2 && seen.two!.length >= 3);
    expect(seen.one).toEqual([{ id: old, version: 1, n: 1 }, { id: both, version: 1, n: 2 }]);
    expect(seen.two).toEqual([
      { id: old, version: 2, n: 1, pace: 'unknown' },
      { id: both, version: 2, n: 2, pace: 'slow' },
      { id: alone, version: 2, n: 3, pace: 'fast' },
    ]);
    // Newer than the consumer knows, with no older telling beside it: kept, not lost.
    const letter = await until('it is kept', async () => (await harness.rows('select consumer, event_id, event_version from leads.dead_letters'))[0]);
    expect(letter).toEqual({ consumer: 'one', event_id: alone, event_version: 2 });
  });
});
