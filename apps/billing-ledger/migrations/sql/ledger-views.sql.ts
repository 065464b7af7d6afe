export const ledgerViews = `
create view ledger_account_balances with (security_invoker = true) as
select a.tenant_id, a.id, a.kind, a.key, a.currency, coalesce(sum(e.amount), 0) as balance
from ledger_accounts a
left join ledger_entries e on e.tenant_id = a.tenant_id and e.account_id = a.id
group by a.tenant_id, a.id;

-- Margin by feature, provider and day: what was earned, what it cost, what is left. Reversals count against.
create view ledger_margins with (security_invoker = true) as
select e.tenant_id, p.components->(e.line - 1)->>'feature' as feature,
  p.components->(e.line - 1)->>'provider' as provider,
  p.components->(e.line - 1)->>'category' as category,
  (e.created_at at time zone 'UTC')::date as day, e.currency,
  coalesce(sum(e.amount) filter (where a.kind = 'revenue'), 0) as revenue,
  -coalesce(sum(e.amount) filter (where a.kind = 'provider_cost'), 0) as provider_cost,
  sum(e.amount) as margin
from ledger_entries e
join ledger_accounts a on a.tenant_id = e.tenant_id and a.id = e.account_id
join ledger_postings p on p.tenant_id = e.tenant_id and p.id = e.posting_id
where a.kind in ('revenue', 'provider_cost') and p.components is not null
group by 1, 2, 3, 4, 5, 6;
`;
