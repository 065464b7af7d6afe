/**
 * The one writer behind every operation. Order of locks: wallet row, reservation row, then accounts by kind and
 * key; so two operations on any wallets can wait for each other, never in a circle. Runs in READ COMMITTED.
 */
export const ledgerPost = `
create function ledger_lock_wallet(p_wallet_id uuid) returns billing_wallets language sql as $$
  select * from billing_wallets where tenant_id = ledger_tenant() and id = p_wallet_id for no key update
$$;

-- Null verdict: the key is free. Only successes keep a key, so a refused call may be tried again with it.
create function ledger_replay(p_key text, p_hash bytea) returns ledger_result language plpgsql stable as $$
declare
  v_result ledger_result;
begin
  select case when p.input_hash = p_hash then 'replayed' else 'conflict' end,
    case when p.input_hash = p_hash then null else 'idempotency_key_reused' end,
    p.id, p.wallet_id, p.reservation_id, p.currency, p.amount, s.released_amount, s.balance_before,
    s.balance_after, s.balance_after - s.available_after, s.available_after, 0
  into v_result
  from ledger_postings p
  join billing_ledger_transactions s on s.tenant_id = p.tenant_id and s.id = p.id
  where p.tenant_id = ledger_tenant() and p.idempotency_key = p_key;
  if v_result.verdict = 'conflict' then
    return ledger_refusal('conflict', 'idempotency_key_reused');
  end if;
  return v_result;
end $$;

-- What is missing to take p_amount, given the wallet's overdraft policy; 0 when there is enough.
create function ledger_shortfall(p_wallet billing_wallets, p_amount numeric) returns numeric
language sql immutable as $$
  select case when p_wallet.overdraft_policy = 'unbounded' then 0 else
    greatest(0, p_amount - (p_wallet.current_balance - p_wallet.reserved_balance)
      - case p_wallet.overdraft_policy when 'limit' then p_wallet.overdraft_limit else 0 end) end
$$;

create function ledger_insufficient(p_wallet billing_wallets, p_amount numeric, p_shortfall numeric)
returns ledger_result language plpgsql immutable as $$
declare
  v_result ledger_result := ledger_refusal('insufficient', 'insufficient_balance');
begin
  v_result.wallet_id := p_wallet.id;
  v_result.currency := p_wallet.currency;
  v_result.amount := p_amount;
  v_result.balance_before := p_wallet.current_balance;
  v_result.balance_after := p_wallet.current_balance;
  v_result.reserved := p_wallet.reserved_balance;
  v_result.available := p_wallet.current_balance - p_wallet.reserved_balance;
  v_result.shortfall := p_shortfall;
  return v_result;
end $$;

create function ledger_write_entries(p_wallet billing_wallets, p_posting_id uuid, p_legs ledger_leg[])
returns void language plpgsql as $$
begin
  insert into ledger_accounts (tenant_id, kind, key, wallet_id, currency)
  select distinct p_wallet.tenant_id, l.kind, l.key, case when l.kind like 'wallet%' then p_wallet.id end,
    p_wallet.currency
  from unnest(p_legs) l
  where not exists (
    select from ledger_accounts a where a.tenant_id = p_wallet.tenant_id and a.kind = l.kind
      and a.key = l.key and a.currency = p_wallet.currency)
  order by 2, 3
  on conflict do nothing;
  insert into ledger_entries (tenant_id, posting_id, line, leg, account_id, currency, amount)
  select p_wallet.tenant_id, p_posting_id, l.line, row_number() over (partition by l.line order by l.n), a.id,
    p_wallet.currency, l.amount
  from unnest(p_legs) with ordinality l (line, kind, key, amount, n)
  join ledger_accounts a on a.tenant_id = p_wallet.tenant_id and a.kind = l.kind and a.key = l.key
    and a.currency = p_wallet.currency;
end $$;

-- p_wallet is locked and still shows the balances before; the legs say what changes.
create function ledger_post(p_wallet billing_wallets, p_move ledger_move, p_context ledger_context)
returns ledger_result language plpgsql as $$
declare
  v_result ledger_result;
  v_available numeric := p_wallet.current_balance - p_wallet.reserved_balance;
begin
  insert into ledger_postings (tenant_id, id, wallet_id, operation, amount, currency, idempotency_key, input_hash,
    reservation_id, reverses_posting_id, components, reference_type, reference_id)
  values (p_wallet.tenant_id, p_move.posting_id, p_wallet.id, p_move.operation, p_move.amount, p_wallet.currency,
    p_move.idempotency_key, p_move.input_hash, p_move.reservation_id, p_move.reverses_posting_id,
    p_move.components, p_context.reference_type, p_context.reference_id)
  on conflict do nothing;
  -- The key was taken meanwhile through another wallet, whose lock we do not share, or the id is not new.
  if not found then
    v_result := ledger_replay(p_move.idempotency_key, p_move.input_hash);
    return case when v_result.verdict is null then ledger_refusal('conflict', 'posting_id_taken') else v_result end;
  end if;
  perform ledger_write_entries(p_wallet, p_move.posting_id, p_move.legs);
  select 'ok', null, p_move.posting_id, p_wallet.id, p_move.reservation_id, p_wallet.currency, p_move.amount,
    coalesce(p_move.released, 0), p_wallet.current_balance,
    p_wallet.current_balance + coalesce(sum(l.amount), 0),
    p_wallet.reserved_balance + coalesce(sum(l.amount) filter (where l.kind = 'wallet_reserved'), 0),
    v_available + coalesce(sum(l.amount) filter (where l.kind = 'wallet_available'), 0), 0
  into v_result from unnest(p_move.legs) l where l.kind in ('wallet_available', 'wallet_reserved');
  insert into billing_ledger_transactions (tenant_id, id, wallet_id, sequence, transaction_type, amount,
    released_amount, balance_before, balance_after, available_before, available_after, reservation_id,
    reference_type, reference_id, idempotency_key, created_by, description, metadata)
  select p_wallet.tenant_id, p_move.posting_id, p_wallet.id, coalesce(max(s.sequence), 0) + 1,
    p_move.transaction_type, p_move.amount, v_result.released, v_result.balance_before, v_result.balance_after,
    v_available, v_result.available, p_move.reservation_id, p_context.reference_type, p_context.reference_id,
    p_move.idempotency_key, p_context.created_by, p_context.description, coalesce(p_context.metadata, '{}')
  from billing_ledger_transactions s where s.tenant_id = p_wallet.tenant_id and s.wallet_id = p_wallet.id;
  return v_result;
end $$;
`;
