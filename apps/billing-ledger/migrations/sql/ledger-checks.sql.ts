/** What must always hold, for the tenant of the transaction. detail counts what is wrong; open_* is a gauge. */
export const ledgerChecks = `
create function ledger_entry_checks() returns table (check_name text, wrong bigint) language sql stable as $$
  select 'entries_sum_to_zero', (
    select count(*) from (
      select from ledger_entries where tenant_id = ledger_tenant() group by currency having sum(amount) <> 0) c)
  union all
  select 'every_posting_sums_to_zero', (
    select count(*) from (
      select from ledger_entries where tenant_id = ledger_tenant()
      group by posting_id, line having sum(amount) <> 0) c)
  union all
  select 'every_posting_has_entries', (
    select count(*) from ledger_postings p where p.tenant_id = ledger_tenant() and not exists (
      select from ledger_entries e where e.tenant_id = p.tenant_id and e.posting_id = p.id))
  union all
  select 'stored_balance_is_sum_of_entries', (
    select count(*) from billing_wallets w
    left join (
      select a.wallet_id, sum(e.amount) as balance,
        sum(e.amount) filter (where a.kind = 'wallet_reserved') as reserved
      from ledger_entries e
      join ledger_accounts a on a.tenant_id = e.tenant_id and a.id = e.account_id
      where e.tenant_id = ledger_tenant() and a.wallet_id is not null group by a.wallet_id
    ) s on s.wallet_id = w.id
    where w.tenant_id = ledger_tenant() and (w.current_balance <> coalesce(s.balance, 0)
      or w.reserved_balance <> coalesce(s.reserved, 0)))
$$;

create function ledger_statement_checks() returns table (check_name text, wrong bigint) language sql stable as $$
  select 'every_posting_has_a_statement_row', (
    select count(*) from ledger_postings p
    full join billing_ledger_transactions s on s.tenant_id = p.tenant_id and s.id = p.id
    where coalesce(p.tenant_id, s.tenant_id) = ledger_tenant() and (p.id is null or s.id is null))
  union all
  select 'statement_is_contiguous', (
    select count(*) from (
      select sequence, balance_before, available_before, row_number() over w as expected,
        lag(balance_after, 1, 0::numeric) over w as balance, lag(available_after, 1, 0::numeric) over w as available
      from billing_ledger_transactions where tenant_id = ledger_tenant()
      window w as (partition by wallet_id order by sequence)
    ) s where sequence <> expected or balance_before <> balance or available_before <> available)
  union all
  select 'statement_ends_at_the_balance', (
    select count(*) from billing_wallets w
    left join lateral (
      select balance_after, available_after from billing_ledger_transactions s
      where s.tenant_id = w.tenant_id and s.wallet_id = w.id order by sequence desc limit 1) s on true
    where w.tenant_id = ledger_tenant() and (w.current_balance <> coalesce(s.balance_after, 0)
      or w.current_balance - w.reserved_balance <> coalesce(s.available_after, 0)))
$$;

create function ledger_reservation_checks() returns table (check_name text, wrong bigint) language sql stable as $$
  select 'reserved_balance_is_open_reservations', (
    select count(*) from billing_wallets w where w.tenant_id = ledger_tenant() and w.reserved_balance <> (
      select coalesce(sum(r.amount), 0) from billing_reservations r
      where r.tenant_id = w.tenant_id and r.wallet_id = w.id and r.status = 'held'))
  union all
  select 'every_reservation_has_an_owner', (
    select count(*) from billing_reservations r
    left join ledger_postings h on h.tenant_id = r.tenant_id and h.id = r.held_posting_id
      and h.reservation_id = r.id and h.amount = r.amount
      and h.reference_type = r.reference_type and h.reference_id = r.reference_id
    where r.tenant_id = ledger_tenant() and h.id is null)
  union all
  select 'every_reservation_resolves_once', (
    select count(*) from billing_reservations r where r.tenant_id = ledger_tenant()
      and (select count(*) from ledger_postings p where p.tenant_id = r.tenant_id and p.reservation_id = r.id
        and p.operation in ('capture', 'release')) <> (r.status <> 'held')::int)
$$;

create function ledger_usage_checks() returns table (check_name text, wrong bigint) language sql stable as $$
  select 'every_charged_usage_event_has_one_charge', (
    select count(*) from billing_usage_events u
    left join lateral (
      select count(*) as charges, min(p.id::text) as posting, sum(p.amount) as amount from ledger_postings p
      where p.tenant_id = u.tenant_id and p.reference_type = 'usage_event' and p.reference_id = u.id
        and p.operation in ('debit', 'capture') and not exists (
          select from ledger_postings x where x.tenant_id = p.tenant_id and x.reverses_posting_id = p.id)
    ) c on true
    where u.tenant_id = ledger_tenant() and case when u.status = 'charged'
      then c.charges <> 1 or c.posting <> u.ledger_transaction_id::text or c.amount <> u.total_cost
      else c.charges <> 0 end)
  union all
  select 'every_usage_charge_has_its_event', (
    select count(*) from ledger_postings p where p.tenant_id = ledger_tenant()
      and p.reference_type = 'usage_event' and p.operation in ('debit', 'capture') and not exists (
        select from billing_usage_events u where u.tenant_id = p.tenant_id and u.id = p.reference_id))
$$;

create function ledger_checks() returns table (check_name text, ok boolean, detail bigint)
language sql stable as $$
  select c.check_name, c.wrong = 0, c.wrong from (
    select * from ledger_entry_checks() union all select * from ledger_statement_checks()
    union all select * from ledger_reservation_checks() union all select * from ledger_usage_checks()) c
  union all
  select 'open_reservations', true, (
    select count(*) from billing_reservations where tenant_id = ledger_tenant() and status = 'held')
$$;
`;
