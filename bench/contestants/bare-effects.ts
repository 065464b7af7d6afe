import type pg from 'pg';

const TABLES = `
  create schema if not exists bare;
  drop table if exists bare.inbox, bare.effects;
  create table bare.inbox (
    tenant_id uuid not null,
    consumer varchar(120) not null,
    event_id uuid not null,
    event_type varchar(120) not null,
    occurred_at timestamptz not null,
    handled_at timestamptz not null default clock_timestamp(),
    primary key (tenant_id, consumer, event_id)
  );
  create table bare.effects (
    position bigint generated always as identity primary key,
    tenant_id uuid not null,
    aggregate_id uuid not null,
    event_id uuid not null,
    n int not null
  )`;

const TENANT = `'00000000-0000-7000-8000-000000000001'::uuid`;

/** The effect, of any number of events: ids, aggregates, counts. */
export const EFFECT = `insert into bare.effects (tenant_id, aggregate_id, event_id, n)
  select ${TENANT}, aggregate_id, id, n from unnest($1::uuid[], $2::uuid[], $3::int[]) with ordinality as given (id, aggregate_id, n, place) order by place`;

/** The same behind an inbox: what was handled before has no effect. */
export const EFFECT_AND_INBOX = `
  with given as (select * from unnest($1::uuid[], $2::uuid[], $3::int[]) with ordinality as g (id, aggregate_id, n, place)),
  fresh as (
    insert into bare.inbox (tenant_id, consumer, event_id, event_type, occurred_at)
    select ${TENANT}, 'bare', id, 'leads.journey.stepped', now() from given on conflict do nothing returning event_id
  )
  insert into bare.effects (tenant_id, aggregate_id, event_id, n)
  select ${TENANT}, aggregate_id, id, n from given join fresh on event_id = id order by place`;

/** Makes both tables anew: the columns and keys of the library's inbox, an effect of one row. */
export async function makeBareEffects(sql: pg.Pool): Promise<void> {
  await sql.query(TABLES);
}

/** How many effects there are. */
export async function bareEffects(sql: pg.Pool): Promise<number> {
  const { rows } = await sql.query<{ n: number }>('select count(*)::int as n from bare.effects');
  return rows[0]!.n;
}
