import { newId } from '#leadwire/kernel';
import { until } from '#leadwire/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MessagingHarness, recordEffects, stepped, turned, upTo, type Replica } from '../messaging.harness.js';

describe('outbox, relay and consumer: order from commit to effect', () => {
  let harness: MessagingHarness;
  let replica: Replica;

  beforeAll(async () => {
    harness = await MessagingHarness.start();
    replica = await harness.replica();
    await replica.relay.start();
    await harness.consume(replica, recordEffects, { batch: 20, events: [stepped, turned] });
  });
  afterAll(() => harness.stop());

  it('keeps each aggregate in commit order through interleaved, slow and aborted transactions, and loses nothing', async () => {
    const aggregates = upTo(20).map(() => newId());
    const committed = new Map<string, number[]>(aggregates.map((id) => [id, []]));
    const ofAll = [...aggregates].sort();
    let n = 0;
    const work = async (seed: number): Promise<void> => {
      // Some transactions tell of several aggregates, some take a while with the counter locked, some abort.
      const places = [...new Set([0, 1, 2].slice(0, 1 + (seed % 3)).map((i) => (seed * 7 + i * 5) % ofAll.length))].sort((a, b) => a - b);
      const chosen = places.map((place) => ofAll[place]!);
      await replica.database
        .forTenantAsService(harness.tenantId, async (tx) => {
          const mark = ++n;
          for (const aggregateId of chosen) await harness.tellAtOnce(tx, stepped, aggregateId, mark);
          // Told under the counters' locks, so this order is the commit order of each aggregate.
          await tx.query('select pg_sleep($1)', [seed % 5 === 0 ? 0.02 : 0]);
          if (seed % 4 === 3) throw new Error('abort');
          for (const id of chosen) committed.get(id)!.push(mark);
        })
        .catch((error: Error) => expect(error.message).toBe('abort'));
    };
    const seeds = upTo(200);
    await Promise.all(upTo(8).map(async () => { for (let seed = seeds.shift(); seed; seed = seeds.shift()) await work(seed); }));

    const told = await harness.rows<{ n: number }>(`select count(*)::int as n from leads.domain_events`);
    expect(told[0]!.n).toBe([...committed.values()].flat().length);
    await until('every event had its effect', async () => (await harness.rows(`select 1 from leads.effects`)).length === told[0]!.n);
    for (const [id, marks] of committed) expect(await harness.effects(id)).toEqual(marks);
  });

  it('does not skip an event that commits late with a smaller position', async () => {
    const [late, early] = [newId(), newId()];
    let release!: () => void;
    const held = new Promise<void>((resolve) => (release = resolve));
    let wrote!: () => void;
    const written = new Promise<void>((resolve) => (wrote = resolve));
    const slow = replica.database.forTenantAsService(harness.tenantId, async (tx) => {
      await harness.tellAtOnce(tx, stepped, late, 1);
      wrote();
      await held;
    });
    await written;
    await harness.tell(replica, early, [1]);
    await until('the later position is published first', async () => (await harness.effects(early)).length === 1);
    release();
    await slow;
    await until('the smaller position is published too', async () => (await harness.effects(late)).length === 1);
    const [position] = await harness.rows<{ ok: boolean }>(
      `select (select position from leads.domain_events where aggregate_id = $1) < (select position from leads.domain_events where aggregate_id = $2) as ok`,
      [late, early],
    );
    expect(position!.ok).toBe(true);
  });

  it('makes the second writer of an aggregate wait for the first, also across event types', async () => {
    const id = newId();
    let release!: () => void;
    const held = new Promise<void>((resolve) => (release = resolve));
    let wrote!: () => void;
    const written = new Promise<void>((resolve) => (wrote = resolve));
    const first = replica.database.forTenantAsService(harness.tenantId, async (tx) => {
      await harness.tellAtOnce(tx, stepped, id, 1);
      wrote();
      await held;
    });
    await written;
    let secondDone = false;
    const second = replica.database
      .forTenantAsService(harness.tenantId, (tx) => replica.outbox.add(tx, turned, id, { n: 2 }))
      .then(() => (secondDone = true));
    await until('the second writer waits for the lock', async () =>
      (await harness.rows(`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)).length > 0,
    );
    expect(secondDone).toBe(false);
    release();
    await Promise.all([first, second]);
    await until('both had their effect', async () => (await harness.effects(id)).length === 2);
    expect(await harness.effects(id)).toEqual([1, 2]);
  });

  it('numbers many events of one aggregate in one statement in the order given', async () => {
    const id = newId();
    await replica.database.forTenantAsService(harness.tenantId, (tx) =>
      replica.outbox.addMany(tx, stepped, upTo(300).map((n) => ({ aggregateId: id, payload: { n } }))),
    );
    const rows = await harness.rows(
      `select aggregate_sequence::int as seq, (payload->>'n')::int as n from leads.domain_events where aggregate_id = $1 order by position`, [id]);
    expect(rows).toEqual(upTo(300).map((n) => ({ seq: n, n })));
    await until('all had their effect', async () => (await harness.effects(id)).length === 300);
    expect(await harness.effects(id)).toEqual(upTo(300));
  });

  it('refuses a payload that no message could carry, instead of stopping everything behind it', async () => {
    const id = newId();
    const tell = (): Promise<void> =>
      replica.database.forTenantAsService(harness.tenantId, (tx) =>
        replica.outbox.add(tx, stepped, id, { n: 1, text: 'x'.repeat(600_000) } as never),
      );
    await expect(tell()).rejects.toThrow(/larger than/);
    await harness.tell(replica, id, [1]);
    await until('the next one goes out', async () => (await harness.effects(id)).length === 1);
  });

  it('wakes the relay by a commit that falls between its claim and its pause', async () => {
    const id = newId();
    const started = Date.now();
    for (const n of upTo(40)) {
      await harness.tell(replica, id, [n]);
      await until('published', async () => (await harness.unpublished()) === 0);
    }
    // A relay that only polled would need its 100 ms for most of them; this holds on a busy machine as well.
    expect(Date.now() - started).toBeLessThan(40 * 90);
  });
});
