import { newId } from '#leadwire/kernel';
import { until } from '#leadwire/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EventsHarness } from '../events.harness.js';

describe('the operator’s replay', () => {
  let harness: EventsHarness;
  const [one, two] = [newId(), newId()];
  let lead: string;

  beforeAll(async () => {
    harness = await EventsHarness.start();
    lead = await harness.tell(one, [1, 2]);
    await harness.tell(one, [3]);
    await harness.tell(two, [4]);
    await until('all are handled by both', () => harness.handled.length === 8);
  });
  afterAll(() => harness.stop());

  const shown = (id: string) => until('it is done', async () => {
    const { json } = await harness.run(`replay show ${id} --json`);
    return json.state === 'done' && json;
  });

  it('is of one tenant, of one aggregate, and shown', async () => {
    const { code, out } = await harness.run(`replay --consumer record-leads --tenant ${one} --aggregate ${lead}`);
    expect([code, out]).toEqual([0, expect.stringContaining('1 replay of record-leads asked for, mails, calls and charges left out')]);
    const id = /replay show (\S+)/.exec(out)![1]!;
    expect(await shown(id)).toMatchObject({ id, tenantId: one, service: 'leads', consumer: 'record-leads', effects: 'suppressed', total: 2, replayed: 2 });
    expect(harness.handled.filter(({ replay }) => replay)).toEqual([1, 2].map((n) => ({ consumer: 'record-leads', n, replay: true })));
    expect((await harness.run(`replay show ${id}`)).out).toContain(`tenant id   ${one}`);
  });

  it('of every tenant is one for each whose events that consumer has dealt with', async () => {
    const { json } = await harness.run('replay --consumer record-campaigns --all-tenants --perform-effects --json');
    expect(json).toMatchObject({ service: 'campaigns', effects: 'performed' });
    expect(json.replays.map(({ tenantId }: any) => tenantId).toSorted()).toEqual([one, two].toSorted());
    const done = await Promise.all(json.replays.map(({ id }: any) => shown(id)));
    expect(done.map(({ total }: any) => total).toSorted()).toEqual([1, 3]);
    const listed = (await harness.run('replay ls --json --limit 2')).json.replays;
    expect(listed.map(({ id }: any) => id).toSorted()).toEqual(json.replays.map(({ id }: any) => id).toSorted());
    expect((await harness.run('replay ls')).out.trimEnd().split('\n')).toHaveLength(4);
    const later = await harness.run('replay --consumer record-campaigns --all-tenants --from 2099-01-01');
    expect(later.out).toContain('there is nothing to replay');
  });

  it('of very many tenants is asked for twice', async () => {
    await harness.database.admin.query(`insert into leads.inbox (tenant_id, consumer, event_id, event_type, occurred_at)
      select gen_random_uuid(), 'record-leads', gen_random_uuid(), 'leads.lead.created', now() from generate_series(1, 99)`);
    expect(await harness.run('replay --consumer record-leads --all-tenants')).toMatchObject({ code: 1, err: expect.stringContaining('of 101 tenants') });
    expect((await harness.run('replay --consumer record-leads --all-tenants --yes --json')).json.replays).toHaveLength(101);
  });

  it('that there is not', async () => {
    expect(await harness.run(`replay show ${newId()}`)).toMatchObject({ code: 1, err: expect.stringContaining('There is no replay') });
  });
});
