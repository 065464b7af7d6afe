const TENANT = `nullif(current_setting('leadwire.tenant_id', true), '')::uuid`;

const TENANT_TABLES = [
  'billing_wallets',
  'billing_reservations',
  'billing_ledger_transactions',
  'ledger_accounts',
  'ledger_postings',
  'ledger_entries',
  'billing_usage_events',
  'billing_payments',
  'billing_payment_events',
];

const TABLES_WITH_GLOBAL_ROWS = ['billing_pricing_catalog', 'billing_markups'];

const isolate = (table: string) => `
alter table ${table} enable row level security;
alter table ${table} force row level security;
create policy tenant_isolation on ${table} using (tenant_id = ${TENANT}) with check (tenant_id = ${TENANT});
`;

// Everybody reads a global row; only a migration, as the owner, writes one.
const shareGlobalRows = (table: string) => `
create policy global_rows_read on ${table} for select using (tenant_id is null);
create policy global_rows_owner on ${table} to current_user using (tenant_id is null) with check (tenant_id is null);
`;

export const rowSecurity = `
${[...TENANT_TABLES, ...TABLES_WITH_GLOBAL_ROWS].map(isolate).join('')}
${TABLES_WITH_GLOBAL_ROWS.map(shareGlobalRows).join('')}

-- The sweeper finds overdue reservations of all tenants; it releases each as the tenant it belongs to. A policy
-- also applies to members of its role, and the run-time role is one: only having become the role counts.
create policy platform_sweep on billing_reservations for select
  to leadwire_billing_ledger_platform using (current_user = 'leadwire_billing_ledger_platform');
grant select on billing_reservations to leadwire_billing_ledger_platform;

-- Balances have one writer, the trigger on ledger_entries. The run-time role opens and configures wallets.
revoke all on billing_wallets from leadwire_billing_ledger;
grant select on billing_wallets to leadwire_billing_ledger;
grant insert (tenant_id, id, user_id, currency, status, overdraft_policy, overdraft_limit,
  low_balance_threshold, metadata) on billing_wallets to leadwire_billing_ledger;
grant update (status, overdraft_policy, overdraft_limit, low_balance_threshold, low_balance_notified_at,
  metadata, updated_at) on billing_wallets to leadwire_billing_ledger;
revoke delete, truncate on billing_reservations from leadwire_billing_ledger;
`;
