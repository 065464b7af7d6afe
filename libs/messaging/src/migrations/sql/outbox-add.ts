/**
 * Writes a transaction's events. It stands right before COMMIT, in the same message to the server.
 *
 * The upsert locks each aggregate's counter until commit: whoever writes the next event of an aggregate waits for this
 * transaction, so sequence order is commit order, and positions ascend with it. The counters are locked in one order in
 * every transaction, so two that tell of the same aggregates cannot deadlock here.
 */
export const OUTBOX_ADD = `
  create function outbox_add(
    tenant text, ids uuid[], types text[], versions int[], aggregates text[], aggregate_ids uuid[], payloads jsonb[], urgents boolean[], metas jsonb[]
  ) returns void language plpgsql as $$
  declare
    sequence bigint;
  begin
    -- A transaction that makes a tenant told its events as that tenant's, and may have gone on as another's.
    if current_setting('leadwire.tenant_id', true) is distinct from tenant then
      perform set_config('leadwire.tenant_id', tenant, true);
    end if;
    if cardinality(ids) = 1 then
      insert into aggregate_sequences as s (aggregate_type, aggregate_id, last_sequence) values (aggregates[1], aggregate_ids[1], 1)
      on conflict (tenant_id, aggregate_type, aggregate_id) do update set last_sequence = s.last_sequence + 1
      returning last_sequence into sequence;
      insert into domain_events (id, event_type, event_version, aggregate_type, aggregate_id, aggregate_sequence, payload, urgent, metadata)
      values (ids[1], types[1], versions[1], aggregates[1], aggregate_ids[1], sequence, payloads[1], urgents[1], metas[1]);
      return;
    end if;
    with given as materialized (
      select * from unnest(ids, types, versions, aggregates, aggregate_ids, payloads, urgents, metas)
        with ordinality as g(id, type, version, aggregate, aggregate_id, payload, urgent, meta, ord)
    ), counts as (
      select aggregate, aggregate_id, count(*) as n from given group by 1, 2 order by 1, 2
    ), bumped as (
      insert into aggregate_sequences as s (aggregate_type, aggregate_id, last_sequence)
      select aggregate, aggregate_id, n from counts
      on conflict (tenant_id, aggregate_type, aggregate_id) do update set last_sequence = s.last_sequence + excluded.last_sequence
      returning aggregate_type as aggregate, aggregate_id, last_sequence
    ), numbered as (
      select g.*, row_number() over (partition by aggregate, aggregate_id order by ord desc) - 1 as behind from given g
    )
    insert into domain_events (id, event_type, event_version, aggregate_type, aggregate_id, aggregate_sequence, payload, urgent, metadata)
    select id, type, version, aggregate, aggregate_id, last_sequence - behind, payload, urgent, meta
    from numbered join bumped using (aggregate, aggregate_id)
    order by ord;
  end $$;
`;
