import { newId } from '#leadwire/kernel';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MessagingHarness, type Replica } from '../messaging.harness.js';
import { Retention } from './retention.js';

const DAY_MS = 86_400_000;

/** An id whose time is `days` ago. */
function idOf(days: number): string {
  const ms = (Date.now() - days * DAY_MS).toString(16).padStart(12, '0');
  return `${ms.slice(0, 8)}-${ms.slice(8)}-${newId().slice(14)}`;
}

describe('retention', () => {
  let harness: MessagingHarness;
  let replica: Replica;
  let retention: Retention;

  beforeAll(async () => {
    harness = await MessagingHarness.start();
    replica = await harness.replica();
    retention = new Retention('leads', replica.database, replica.leases, pino({ level: 'silent' }));
  });
  afterAll(() => harness.stop());

  /** A partition of a past day, as it was made on its day. */
  async function pastDay(table: string, days: number): Promise<string> {
    const day = new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);
    const name = `${table}_${day.replaceAll('-', '')}`;
    await harness.rows(`create table leads.${name} partition of leads.${table} for values from (leads.day_id('${day}')) to (leads.day_id('${day}'::date + 1))`);
    await harness.rows(`alter table leads.${name} owner to leadwire_leads_owner`);
    return name;
  }

  async function putEvent(id: string, processed: boolean, ageDays = 0): Promise<void> {
    await harness.rows(
      `insert into leads.domain_events (id, tenant_id, event_type, event_version, aggregate_type, aggregate_id, aggregate_sequence, payload, processed, created_at)
       values ($1, $2, 'leads.journey.stepped', 1, 'journey', $1, 1, '{}', $3, now() - make_interval(days => $4))`,
      [id, harness.tenantId, processed, ageDays],
    );
  }

  const isThere = async (name: string): Promise<boolean> => (await harness.rows(`select to_regclass($1) is not null as there`, [`leads.${name}`]))[0]!.there;
  const events = async (id: string): Promise<number> => (await harness.rows('select 1 from leads.domain_events where id = $1', [id])).length;

  it('drops days past the horizon whole, and keeps one that holds an event not yet published', async () => {
    const [old, stuck, recent] = [await pastDay('domain_events', 20), await pastDay('domain_events', 19), await pastDay('domain_events', 5)];
    const ids = [idOf(20), idOf(19), idOf(5)] as const;
    await putEvent(ids[0], true);
    await putEvent(ids[1], false);
    await putEvent(ids[2], true);
    await retention.sweep();
    expect([await isThere(old), await isThere(stuck), await isThere(recent)]).toEqual([false, true, true]);
    expect([await events(ids[0]), await events(ids[1]), await events(ids[2])]).toEqual([0, 1, 1]);
    await harness.rows('update leads.domain_events set processed = true');
    await retention.sweep();
    expect(await isThere(stuck)).toBe(false);
  });

  it('keeps the inbox longer than any event can come again, then drops its days', async () => {
    const [old, recent] = [await pastDay('inbox', 16), await pastDay('inbox', 14)];
    await retention.sweep();
    expect([await isThere(old), await isThere(recent)]).toEqual([false, true]);
  });

  it('has a place for ids of every day, and lets those of no kept day go by their age', async () => {
    const [future, ancient, random] = [idOf(-400), idOf(4000), '00000000-0000-4000-8000-000000000000'];
    await putEvent(future, true, 20);
    await putEvent(ancient, true);
    await putEvent(random, false, 20);
    expect(await harness.rows(`select distinct tableoid::regclass::text as part from leads.domain_events where id = any($1::uuid[])`, [[future, ancient, random]])).toEqual([
      { part: 'leads.domain_events_rest' },
    ]);
    await retention.sweep();
    expect([await events(future), await events(ancient), await events(random)]).toEqual([0, 1, 1]);
  });

  it('makes days ahead of time, which nobody reaches but through their parent', async () => {
    await harness.rows(`drop table leads.domain_events_${new Date(Date.now() + 2 * DAY_MS).toISOString().slice(0, 10).replaceAll('-', '')}`);
    await retention.sweep();
    const rights = await harness.rows(
      `select c.relname, has_table_privilege('leadwire_leads', c.oid, 'select, insert, update, delete') as reached
       from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'leads.domain_events'::regclass and c.relname > $1`,
      [`domain_events_${new Date().toISOString().slice(0, 10).replaceAll('-', '')}`],
    );
    expect(rights.filter(({ relname }) => relname !== 'domain_events_rest')).toHaveLength(3);
    expect(rights.filter(({ reached }) => reached)).toEqual([]);
  });

  it('puts a day off that somebody reads, instead of making writers wait behind it, and makes the days to come all the same', async () => {
    const old = await pastDay('domain_events', 30);
    const coming = `domain_events_${new Date(Date.now() + 3 * DAY_MS).toISOString().slice(0, 10).replaceAll('-', '')}`;
    await harness.rows(`drop table leads.${coming}`);
    const reader = await harness.database.admin.connect();
    try {
      await reader.query(`begin; select count(*) from leads.${old}`);
      expect(await retention.sweep()).toBe(true);
      expect([await isThere(old), await isThere(coming)]).toEqual([true, true]);
    } finally {
      await reader.query('rollback');
      reader.release();
    }
    expect(await retention.sweep()).toBe(false);
    expect(await isThere(old)).toBe(false);
  });
});
