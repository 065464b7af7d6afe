export const usageTables = `
-- usage_items: each item with category, provider, model, unit, quantity, the price row's id, cost and price.
-- Without items nothing was used: the event only gives its reservation back, and is voided.
-- total_cost is what the customer pays, provider_cost what it cost us.
create table billing_usage_events (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid,
  feature_key text not null,
  usage_items jsonb not null check (jsonb_typeof(usage_items) = 'array'),
  total_quantity numeric not null check (total_quantity >= 0 and total_quantity <> 'NaN'),
  total_cost numeric(20,6) check (total_cost >= 0),
  provider_cost numeric(20,6) check (provider_cost >= 0),
  currency ledger_currency not null default 'USD',
  status text not null default 'pending' check (status in ('pending', 'charged', 'voided', 'failed')),
  ledger_transaction_id uuid,
  reservation_id uuid,
  occurred_at timestamptz not null default now(),
  charged_at timestamptz,
  idempotency_key text not null,
  input_hash bytea not null,
  external_reference_id text,
  error_message text,
  retry_count int not null default 0,
  metadata jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, idempotency_key),
  foreign key (tenant_id, ledger_transaction_id) references billing_ledger_transactions (tenant_id, id),
  check (status <> 'charged' or (ledger_transaction_id is not null and charged_at is not null))
);
create index billing_usage_events_status on billing_usage_events (tenant_id, status, occurred_at);
`;
