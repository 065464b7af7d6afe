/**
 * A charge's components [{feature, provider, price, cost}, …] become one line each: the wallet pays the price to
 * the feature's revenue, the provider's cost stands against what we owe it. So margin is a query over entries.
 */
export const ledgerComponents = `
create function ledger_component_is_valid(p jsonb) returns boolean language sql immutable as $$
  select coalesce(jsonb_typeof(p) = 'object'
    and p->>'feature' ~ '^[a-z][a-z0-9_.-]{0,63}$'
    and coalesce(p->>'provider', 'none') ~ '^[a-z][a-z0-9_.-]{0,63}$'
    and ledger_amount_or_zero(p->>'price') is not null
    and ledger_amount_or_zero(coalesce(p->>'cost', '0')) is not null
    and ledger_amount_or_zero(p->>'price') + ledger_amount_or_zero(coalesce(p->>'cost', '0')) > 0
    and (p->>'provider' is not null or ledger_amount_or_zero(coalesce(p->>'cost', '0')) = 0), false)
$$;

-- Null: not a list of 1 to 100 valid components whose prices sum to more than zero.
create function ledger_components_total(p_components jsonb) returns numeric language plpgsql immutable as $$
declare
  v_total numeric;
begin
  if p_components is null or jsonb_typeof(p_components) <> 'array'
    or jsonb_array_length(p_components) not between 1 and 100 then
    return null;
  end if;
  select case when bool_and(ledger_component_is_valid(c))
    then sum(ledger_amount_or_zero(c->>'price')) end
  into v_total from jsonb_array_elements(p_components) c;
  return case when v_total > 0 and v_total < 1e12 then v_total end;
end $$;

create function ledger_component_legs(p_components jsonb, p_wallet_id uuid, p_from text) returns ledger_leg[]
language sql immutable as $$
  select array_agg(row(c.n::smallint, leg.kind, leg.key, leg.amount)::ledger_leg order by c.n, leg.n)
  from jsonb_array_elements(p_components) with ordinality c (item, n)
  cross join lateral (values
    (1, p_from, p_wallet_id::text, -(c.item->>'price')::numeric),
    (2, 'revenue', c.item->>'feature', (c.item->>'price')::numeric),
    (3, 'provider_cost', c.item->>'provider', -coalesce((c.item->>'cost')::numeric, 0)),
    (4, 'provider_payable', c.item->>'provider', coalesce((c.item->>'cost')::numeric, 0))
  ) leg (n, kind, key, amount)
  where leg.amount <> 0
$$;
`;
