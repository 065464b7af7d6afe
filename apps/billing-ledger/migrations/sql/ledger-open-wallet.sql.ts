export const ledgerOpenWallet = `
-- One wallet a tenant, currency and user (null: the tenant's own): opening it again answers the first.
create function ledger_open_wallet(
  p_wallet_id uuid, p_currency text, p_user_id uuid default null,
  p_overdraft_policy text default 'none', p_overdraft_limit text default '0'
) returns ledger_result language plpgsql as $$
declare
  v_result ledger_result;
  v_limit numeric := ledger_amount_or_zero(p_overdraft_limit);
begin
  if ledger_tenant() is null then return ledger_refusal('invalid', 'tenant_missing'); end if;
  if p_wallet_id is null then return ledger_refusal('invalid', 'wallet_id'); end if;
  if v_limit is null or p_overdraft_policy is null
    or p_overdraft_policy not in ('none', 'limit', 'unbounded') then
    return ledger_refusal('invalid', 'overdraft');
  end if;
  begin
    perform p_currency::ledger_currency;
  exception when check_violation then
    return ledger_refusal('invalid', 'currency');
  end;
  if p_currency is null then return ledger_refusal('invalid', 'currency'); end if;
  insert into billing_wallets (tenant_id, id, user_id, currency, overdraft_policy, overdraft_limit)
  values (ledger_tenant(), p_wallet_id, p_user_id, p_currency, p_overdraft_policy, v_limit)
  on conflict do nothing;
  v_result.verdict := case when found then 'ok' else 'replayed' end;
  select w.id, w.currency, w.current_balance, w.current_balance, w.reserved_balance,
    w.current_balance - w.reserved_balance
  into v_result.wallet_id, v_result.currency, v_result.balance_before, v_result.balance_after,
    v_result.reserved, v_result.available
  from (
    select * from billing_wallets
    where tenant_id = ledger_tenant() and currency = p_currency and user_id = p_user_id
    union all select * from billing_wallets
    where tenant_id = ledger_tenant() and currency = p_currency and user_id is null and p_user_id is null
  ) w;
  if not found then return ledger_refusal('conflict', 'wallet_id_taken'); end if;
  return v_result;
end $$;
`;
