/** A statement row continues the row before it, belongs to its posting, and ends where the wallet stands. */
export const statementGuard = `
create function ledger_statement_guard() returns trigger
language plpgsql security definer set search_path from current as $$
begin
  if exists (
    -- offset 0: under row security only a bare column may be looked up in the index, not an expression.
    select from (select *, sequence - 1 as previous from written offset 0) s
    left join billing_ledger_transactions before on before.tenant_id = s.tenant_id
      and before.wallet_id = s.wallet_id and before.sequence = s.previous
    where (before.id is null and s.sequence > 1)
      or s.balance_before <> coalesce(before.balance_after, 0)
      or s.available_before <> coalesce(before.available_after, 0)
  ) then
    raise exception 'a statement row does not continue the one before it'
      using errcode = 'check_violation', constraint = 'billing_ledger_transactions_contiguous';
  end if;
  if exists (
    select from written s
    left join ledger_postings p on p.tenant_id = s.tenant_id and p.id = s.id and p.wallet_id = s.wallet_id
      and p.amount = s.amount and p.idempotency_key = s.idempotency_key
    where p.id is null
  ) then
    raise exception 'a statement row has no posting'
      using errcode = 'foreign_key_violation', constraint = 'billing_ledger_transactions_posting';
  end if;
  if exists (
    select from (
      select distinct on (tenant_id, wallet_id) * from written order by tenant_id, wallet_id, sequence desc
    ) s
    join billing_wallets w on w.tenant_id = s.tenant_id and w.id = s.wallet_id
    where s.balance_after <> w.current_balance or s.available_after <> w.current_balance - w.reserved_balance
  ) then
    raise exception 'a statement does not end at the balance of its wallet'
      using errcode = 'check_violation', constraint = 'billing_ledger_transactions_balance';
  end if;
  return null;
end $$;

create trigger ledger_statement_guard after insert on billing_ledger_transactions
  referencing new table as written for each statement execute function ledger_statement_guard();
alter table billing_ledger_transactions enable always trigger ledger_statement_guard;
`;
