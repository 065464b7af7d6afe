export const paymentTables = `
-- A row stands before the provider is asked, its id being the provider's reference and idempotency key: so a
-- session that was opened for a process that died is found again, never opened twice.
create table billing_payments (
  tenant_id uuid not null,
  id uuid not null,
  wallet_id uuid not null,
  provider text not null,
  session_id text,
  idempotency_key text not null check (length(idempotency_key) between 1 and 255),
  amount numeric(20,6) not null check (amount > 0 and amount <> 'NaN'),
  currency ledger_currency not null,
  status text not null default 'pending'
    check (status in ('pending', 'succeeded', 'failed', 'expired', 'refunded', 'disputed')),
  checkout_url text,
  ledger_transaction_id uuid,
  created_by uuid,
  paid_at timestamptz,
  metadata jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, idempotency_key),
  unique (provider, session_id),
  foreign key (tenant_id, wallet_id) references billing_wallets (tenant_id, id),
  foreign key (tenant_id, ledger_transaction_id) references billing_ledger_transactions (tenant_id, id),
  check (status <> 'succeeded' or (ledger_transaction_id is not null and paid_at is not null))
);

-- Every webhook seen, once: the row that makes a repeated delivery change nothing. Providers number their
-- events for all customers together, so uniqueness is not per tenant.
create table billing_payment_events (
  tenant_id uuid not null,
  provider text not null,
  provider_event_id text not null,
  payment_id uuid not null,
  event_type text not null,
  payload jsonb not null default '{}',
  received_at timestamptz not null default now(),
  primary key (tenant_id, provider, provider_event_id),
  unique (provider, provider_event_id),
  foreign key (tenant_id, payment_id) references billing_payments (tenant_id, id)
);
`;
