/**
 * What holds however entries are written, by hand too: every INSERT statement balances per posting line and
 * currency (so postings do, by induction), names accounts and postings of the same tenant, wallet and currency,
 * and moves the wallets' stored balances by exactly what it wrote. It runs as the owner because the run-time
 * role must not be able to write balances itself; row security binds the owner as well.
 */
export const entriesGuard = `
create function ledger_entries_guard() returns trigger
language plpgsql security definer set search_path from current as $$
begin
  if exists (select from written group by tenant_id, posting_id, line, currency having sum(amount) <> 0) then
    raise exception 'a posting line does not sum to zero'
      using errcode = 'check_violation', constraint = 'ledger_entries_balanced';
  end if;
  if exists (
    select from written e
    left join ledger_accounts a on a.tenant_id = e.tenant_id and a.id = e.account_id and a.currency = e.currency
    left join ledger_postings p on p.tenant_id = e.tenant_id and p.id = e.posting_id and p.currency = e.currency
    where a.id is null or p.id is null or a.wallet_id <> p.wallet_id
  ) then
    raise exception 'an entry names an account or posting that does not fit'
      using errcode = 'foreign_key_violation', constraint = 'ledger_entries_fit';
  end if;
  update billing_wallets w set
    current_balance = w.current_balance + moved.balance,
    reserved_balance = w.reserved_balance + moved.reserved,
    updated_at = now()
  from (
    select a.tenant_id, a.wallet_id, sum(e.amount) as balance,
      coalesce(sum(e.amount) filter (where a.kind = 'wallet_reserved'), 0) as reserved
    from written e
    join ledger_accounts a on a.tenant_id = e.tenant_id and a.id = e.account_id
    where a.wallet_id is not null
    group by a.tenant_id, a.wallet_id
  ) moved
  where w.tenant_id = moved.tenant_id and w.id = moved.wallet_id;
  return null;
end $$;

create trigger ledger_entries_guard after insert on ledger_entries
  referencing new table as written for each statement execute function ledger_entries_guard();
alter table ledger_entries enable always trigger ledger_entries_guard;
`;
