import { newId } from '#leadwire/kernel';
import { until } from '#leadwire/testing';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Reaction } from '../consumers/consumer.decorator.js';
import { MessagingHarness, recordEffects, stepped, turned, upTo, type Replica } from '../messaging.harness.js';
import { MessagingMetrics } from '../messaging-metrics.js';
import { ReplayRunner } from './replay-runner.js';
import { readReplay, startReplay, type ReplayRequest } from './start-replay.js';

describe('a replay', () => {
  let harness: MessagingHarness;
  const runners: ReplayRunner[] = [];

  beforeAll(async () => {
    harness = await MessagingHarness.start();
  });
  afterEach(async () => {
    await Promise.all(runners.splice(0).map((runner) => runner.stop()));
    await harness.reset();
  });
  afterAll(() => harness.stop());

  function runnerIn(replica: Replica, reaction: Reaction, more: { outward?: boolean; backOff?: number[] } = {}): ReplayRunner {
    const around = { service: 'leads', bus: replica.bus, database: replica.database, metrics: new MessagingMetrics(new Registry()), logger: pino({ level: 'silent' }) };
    const runner = new ReplayRunner(around, replica.leases);
    runners.push(runner);
    runner.start([{ spec: { name: 'record', events: [stepped, turned] as never, batch: 7, ...more }, reaction }]);
    return runner;
  }

  const ask = (replica: Replica, request: Partial<ReplayRequest>): Promise<string> =>
    replica.database.forTenantAsService(harness.tenantId, (tx) => startReplay(tx, { consumer: 'record', effects: 'suppressed', ...request }));

  const ended = (replica: Replica, id: string) =>
    until('the replay ended', async () => {
      const replay = await replica.database.forTenantAsService(harness.tenantId, (tx) => readReplay(tx, id));
      return replay?.state !== 'running' && replay;
    });

  async function handled(ids: string[], steps: number, more: { tenantId?: string } = {}): Promise<Replica> {
    const replica = await harness.replica();
    await harness.consume(replica, recordEffects, { events: [stepped, turned] as never, batch: 20 });
    for (const n of upTo(steps)) for (const id of ids) await harness.publish(n % 3 ? stepped : turned, id, n, newId(), more.tenantId);
    await until('all are handled', async () => (await harness.rows('select 1 from leads.inbox')).length === ids.length * steps);
    return replica;
  }

  it('hands what fits to the reaction once more, in each aggregate’s order, and says that it does', async () => {
    const [a, b] = [newId(), newId()];
    const replica = await handled([a, b], 30);
    await harness.publish(stepped, a, 1, newId(), newId());
    const notes = new Set<unknown>();
    runnerIn(replica, { handle: (delivery) => { notes.add(delivery.replay?.effects); return recordEffects.handle(delivery); } });
    const replay = await ended(replica, await ask(replica, { aggregateId: a }));
    expect(replay).toMatchObject({ state: 'done', total: 30, replayed: 30, suppressed: 0, error: null });
    expect(await harness.effects(a)).toEqual(expect.arrayContaining(upTo(30)));
    expect((await harness.effects(a)).slice(-30)).toEqual(upTo(30));
    expect(await harness.effects(b)).toEqual(upTo(30));
    const byType = await ended(replica, await ask(replica, { type: turned.type }));
    expect(byType).toMatchObject({ total: 20, replayed: 20 });
    const byTime = await ended(replica, await ask(replica, { to: new Date(Date.now() - 3_600_000) }));
    expect(byTime).toMatchObject({ total: 0, state: 'done' });
    expect(notes).toEqual(new Set(['suppressed']));
  });

  it('does not run what leaves the house unless it is asked to', async () => {
    const id = newId();
    const replica = await handled([id], 5);
    let sent = 0;
    runnerIn(replica, { handle: (delivery) => delivery.each(async () => void sent++) }, { outward: true });
    expect(await ended(replica, await ask(replica, {}))).toMatchObject({ total: 5, replayed: 0, suppressed: 5 });
    expect(sent).toBe(0);
    expect(await ended(replica, await ask(replica, { effects: 'performed' }))).toMatchObject({ total: 5, replayed: 5, suppressed: 0 });
    expect(sent).toBe(5);
  });

  it('goes on where its runner was killed', async () => {
    const ids = upTo(10).map(() => newId());
    const one = await handled(ids, 60);
    let calls = 0;
    const first = runnerIn(one, { handle: async (delivery) => { if (++calls > 60) await new Promise(() => undefined); await recordEffects.handle(delivery); } });
    const id = await ask(one, {});
    await until('it stands in the midst', () => calls > 60);
    runners.splice(runners.indexOf(first), 1);
    const two = await harness.replica();
    await harness.kill(one);
    runnerIn(two, recordEffects);
    expect(await ended(two, id)).toMatchObject({ state: 'done', total: 600, replayed: 600 });
    // What was noted is not handled again: at most one part is.
    expect((await harness.rows('select 1 from leads.effects')).length).toBeLessThanOrEqual(600 + 600 + 200);
  });

  it('that fails for good says why', async () => {
    const replica = await handled([newId()], 2);
    runnerIn(replica, { handle: () => Promise.reject(new Error('cannot again')) }, { backOff: [1] });
    expect(await ended(replica, await ask(replica, {}))).toMatchObject({ state: 'failed', error: expect.stringContaining('cannot again') });
    expect(await ended(replica, await ask(replica, { consumer: 'nobody' }))).toMatchObject({ state: 'failed', error: 'there is no consumer nobody' });
  });
});
