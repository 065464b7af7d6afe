import { newId } from '#leadwire/kernel';
import { until } from '#leadwire/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EventsHarness } from '../events.harness.js';

const UNRESOLVED = `select id from leads.dead_letters where resolved_at is null union all select id from campaigns.dead_letters where resolved_at is null`;

describe('the operator’s dead letters', () => {
  let harness: EventsHarness;
  const [one, two] = [newId(), newId()];

  beforeAll(async () => {
    harness = await EventsHarness.start();
    harness.broken = true;
    await harness.tell(one, [1, 2, 3]);
    await harness.tell(two, [1]);
    await until('the odd are buried by both consumers', async () => (await harness.rows(UNRESOLVED)).length === 6);
    harness.broken = false;
  });
  afterAll(() => harness.stop());

  const unresolved = async () => (await harness.run('dlq ls --json')).json;
  const idle = () => until('what was retried is resolved', async () => (await harness.rows('select 1 from leads.parked_events union all select 1 from campaigns.parked_events')).length === 0);

  it('are listed across tenants and services, and narrowed', async () => {
    const { total, deadLetters } = await unresolved();
    expect(total).toBe(6);
    const counts = Map.groupBy(deadLetters, ({ service, tenantId }: any) => `${service} ${tenantId}`);
    expect([...counts].map(([key, some]) => [key, some.length])).toEqual(expect.arrayContaining([[`leads ${one}`, 2], [`leads ${two}`, 1], [`campaigns ${one}`, 2], [`campaigns ${two}`, 1]]));
    expect(deadLetters.map(({ id }: any) => id)).toEqual(deadLetters.map(({ id }: any) => id).toSorted().toReversed());
    expect((await harness.run(`dlq ls --json --service leads --tenant ${one}`)).json.deadLetters.map(({ sequence }: any) => sequence).toSorted()).toEqual([1, 3]);
    expect((await harness.run('dlq ls --json --limit 2 --consumer record-campaigns')).json).toMatchObject({ total: 3, deadLetters: { length: 2 } });
    expect((await harness.run('dlq ls --json --type leads.lead.updated')).json.total).toBe(0);
    expect((await harness.run('dlq ls --json --state resolved')).json.total).toBe(0);
  });

  it('are shown for people: a line each, aligned, the first line of the error', async () => {
    const { out, err } = await harness.run('dlq ls');
    const [head, ...lines] = out.trimEnd().split('\n');
    expect(lines).toHaveLength(6);
    for (const line of lines) expect(line.indexOf('leads.lead.created v1')).toBe(head!.indexOf('TYPE'));
    expect(out).toMatch(/odd: [13]$/m);
    expect(err).toContain('6 dead letters');
    expect((await harness.run('dlq ls --limit 2')).err).toContain('6 dead letters, 2 shown');
  });

  it('are shown one by one, with error and payload', async () => {
    const { deadLetters: [letter] } = await unresolved();
    const { out } = await harness.run(`dlq show ${letter.id}`);
    for (const text of [letter.tenantId, letter.eventId, 'and more', `"n": ${letter.sequence}`]) expect(out).toContain(text);
    expect((await harness.run(`dlq show ${letter.id.toUpperCase()} --json`)).json).toMatchObject({ id: letter.id, payload: { n: letter.sequence } });
    expect(await harness.run(`dlq show ${newId()}`)).toMatchObject({ code: 1, err: expect.stringContaining('There is no dead letter') });
  });

  it('are retried by id, of several tenants and services at once; all ids or none', async () => {
    const { deadLetters } = await unresolved();
    const chosen = [deadLetters.find(({ tenantId, service }: any) => tenantId === one && service === 'leads'), deadLetters.find(({ tenantId, service }: any) => tenantId === two && service === 'campaigns')];
    const missing = newId();
    expect(await harness.run(`dlq retry ${chosen[0].id} ${missing}`)).toMatchObject({ code: 1, err: expect.stringContaining(`Nothing was done: no unresolved dead letter that fits is ${missing}`) });
    expect((await unresolved()).total).toBe(6);
    const { code, out } = await harness.run(`dlq retry ${chosen.map(({ id }) => id).join(' ')}`);
    expect([code, out]).toEqual([0, '2 dead letters go to their consumers again; see: npm run events -- dlq ls\n']);
    await until('both had their effect', () => harness.handled.filter(({ n }) => n % 2 === 1).length === 2);
    await idle();
    expect((await unresolved()).total).toBe(4);
    expect((await harness.run('dlq ls --json --state resolved')).json.deadLetters.map(({ resolution }: any) => resolution)).toEqual(['retried', 'retried']);
  });

  it('are discarded with a reason, of one tenant alone', async () => {
    const { out } = await harness.run(['dlq', 'discard', '--consumer', 'record-campaigns', '--tenant', one, '--reason', 'not wanted any more']);
    expect(out).toContain('2 dead letters discarded');
    expect(await harness.rows(`select tenant_id, discard_reason from campaigns.dead_letters where resolution = 'discarded'`)).toEqual(Array.from({ length: 2 }, () => ({ tenant_id: one, discard_reason: 'not wanted any more' })));
    expect((await unresolved()).total).toBe(2);
  });

  it('are retried by consumer, and said to wait where that is paused', async () => {
    await harness.run('pause record-leads');
    const { err, json } = await harness.run('dlq retry --type leads.lead.created --json');
    expect(json).toMatchObject({ retried: 2, of: expect.arrayContaining([{ service: 'leads', consumer: 'record-leads', tenantId: two, count: 1 }]) });
    expect(err).toContain('record-leads is paused');
    await harness.run('resume record-leads');
    await idle();
    expect((await harness.run('dlq ls')).out).toBe('No unresolved dead letters.\n');
    expect(await harness.run('dlq retry --consumer record-leads')).toMatchObject({ code: 0, out: expect.stringContaining('nothing was done') });
    expect(await harness.run('dlq retry --consumer record-leeds')).toMatchObject({ code: 1, err: expect.stringContaining('Did you mean record-leads?') });
  });

  describe('with the services down', () => {
    beforeAll(async () => {
      await harness.stopServices();
      await harness.database.admin.query(`insert into leads.dead_letters (id, tenant_id, lane, consumer, event_id, event_type, event_version, aggregate_type, aggregate_id, aggregate_sequence, payload, occurred_at, error, attempts)
        select gen_random_uuid(), $1, 'lane', case when n = 0 then 'gone' else 'record-leads' end, gen_random_uuid(), 'leads.lead.created', 1, 'lead', gen_random_uuid(), 1, '{}', now(), 'x', 1 from generate_series(0, 101) n`, [one]);
    });

    it('more than a hundred are discarded only if that is meant', async () => {
      const line = ['dlq', 'discard', '--consumer', 'record-leads', '--reason', 'old'];
      expect(await harness.run(line)).toMatchObject({ code: 1, err: expect.stringContaining('would discard 101 dead letters of 1 tenant') });
      expect((await unresolved()).total).toBe(102);
      expect(await harness.run([...line, '--yes'])).toMatchObject({ code: 0, out: expect.stringContaining('101 dead letters discarded') });
      expect((await unresolved()).total).toBe(1);
    });

    it('those of a consumer that is no more are not retried into nothing, but can be discarded', async () => {
      expect(await harness.run('dlq retry --consumer gone')).toMatchObject({ code: 1, err: expect.stringContaining('leads has no consumer gone any more') });
      expect(await harness.rows('select 1 from leads.parked_events')).toHaveLength(0);
      expect(await harness.run('dlq discard --consumer gone --reason gone')).toMatchObject({ code: 0, out: expect.stringContaining('1 dead letter discarded') });
    });
  });
});
