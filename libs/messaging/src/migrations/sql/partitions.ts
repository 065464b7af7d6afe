import { serviceSchema } from '#leadwire/database';

/**
 * The statements that keep the day partitions of outbox and inbox: made three days ahead, dropped past a horizon.
 * The function runs as the schema's owner, for the run-time role may create and drop nothing.
 */
export function partitionKeeping(schema: string): string[] {
  const { runtimeRole, ownerRole } = serviceSchema(schema);
  return [
    // The owner sees what was not published, of every tenant: a day that holds such an event is not dropped.
    `create policy unpublished on domain_events for select to ${ownerRole} using (current_user = '${ownerRole}' and not processed)`,
    `revoke all on domain_events_rest, inbox_rest from ${runtimeRole}`,
    DAY_ID,
    keepPartitions(schema, runtimeRole),
    `select keep_partitions('domain_events', 8), keep_partitions('inbox', 15)`,
  ];
}

// The smallest UUIDv7 of a day (UTC): 48 bits of milliseconds (RFC 9562 §5.7).
const DAY_ID = `
  create function day_id(day date) returns uuid language sql immutable as $$
    select (lpad(to_hex((extract(epoch from day::timestamp) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
  $$`;

// A partition is reached through its parent only, whose policies guard its rows: nobody has rights on it itself.
// Waiting for a lock would make every writer wait behind it: it gives up soon, and the next round tries again.
// What it made stays made where a drop has to be put off: days to come must not wait for a lock on days gone by.
// A day whose rows stand in _rest already (a clock ran ahead) cannot be made: they stay there, and that is no harm. They
// go by their age, from that table by name: through the parent every day would be read to find them.
function keepPartitions(schema: string, runtimeRole: string): string {
  return `
  create function keep_partitions(parent text, kept_days int, out made int, out dropped int, out put_off boolean)
    language plpgsql security definer set search_path = ${schema}, pg_temp set lock_timeout = '250ms' set timezone = 'UTC' as $$
  declare
    day date;
    part text;
    unpublished boolean;
  begin
    if parent not in ('domain_events', 'inbox') then raise exception 'no partitions are kept of %', parent; end if;
    if kept_days < 1 then raise exception 'at least one day is kept'; end if;
    made := 0;
    dropped := 0;
    put_off := false;
    for day in select generate_series(current_date - 1, current_date + 3, '1 day') loop
      part := parent || '_' || to_char(day, 'YYYYMMDD');
      continue when to_regclass(part) is not null;
      begin
        execute format('create table %I partition of %I for values from (%L) to (%L)', part, parent, day_id(day), day_id(day + 1));
        execute format('revoke all on %I from ${runtimeRole}', part);
        made := made + 1;
      exception when check_violation then null;
      end;
    end loop;
    execute format('delete from %I where %s < clock_timestamp() - make_interval(days => $1)', parent || '_rest',
      case parent when 'inbox' then 'handled_at' else 'processed and created_at' end) using kept_days;
    for part, day in
      select c.relname, to_date(right(c.relname, 8), 'YYYYMMDD') from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = parent::regclass and c.relname ~ '_[0-9]{8}$' order by 1
    loop
      continue when day >= current_date - kept_days;
      if parent = 'domain_events' then
        execute 'select exists (select from domain_events where id >= $1 and id < $2 and not processed)'
          into unpublished using day_id(day), day_id(day + 1);
        continue when unpublished;
      end if;
      begin
        execute format('drop table %I', part);
        dropped := dropped + 1;
      exception when lock_not_available then
        put_off := true;
        exit;
      end;
    end loop;
  end $$`;
}
