/** Why keys begin with the row and not with the tenant: wallet-tables.sql.ts. */
export const ledgerTables = `
-- Accounts open on first use and never change. Only wallets store a balance: a revenue account shared by all
-- wallets would otherwise be the one row every posting waits for; its balance is the sum of its entries.
create table ledger_accounts (
  tenant_id uuid not null,
  id uuid not null default gen_random_uuid(),
  kind text not null check (kind in (
    'wallet_available', 'wallet_reserved', 'revenue', 'provider_cost', 'provider_payable',
    'promotional_credit', 'breakage', 'stripe_clearing', 'tax')),
  key text not null, -- the wallet's id, the feature, the provider
  wallet_id uuid,
  currency ledger_currency not null,
  created_at timestamptz not null default now(),
  primary key (id, tenant_id),
  unique (key, kind, currency, tenant_id),
  foreign key (tenant_id, wallet_id) references billing_wallets (tenant_id, id),
  check ((kind in ('wallet_available', 'wallet_reserved')) = (wallet_id is not null)),
  check (wallet_id is null or key = wallet_id::text)
);
create index ledger_accounts_wallet on ledger_accounts (tenant_id, wallet_id) where wallet_id is not null;

-- One call is one posting: the unit of idempotency. components says what was charged; element n is line n.
create table ledger_postings (
  tenant_id uuid not null,
  id uuid not null,
  wallet_id uuid not null,
  operation text not null check (operation in ('topup', 'debit', 'reserve', 'capture', 'release', 'reverse')),
  amount numeric(20,6) not null check (amount > 0),
  currency ledger_currency not null,
  idempotency_key text not null check (length(idempotency_key) between 1 and 255),
  input_hash bytea not null,
  reservation_id uuid,
  reverses_posting_id uuid,
  components jsonb,
  reference_type text,
  reference_id uuid,
  created_at timestamptz not null default now(),
  primary key (id, tenant_id),
  unique (idempotency_key, tenant_id),
  check ((operation = 'reverse') = (reverses_posting_id is not null))
);
create unique index ledger_postings_reversed_once on ledger_postings (tenant_id, reverses_posting_id)
  where reverses_posting_id is not null;
create index ledger_postings_reference on ledger_postings (tenant_id, reference_type, reference_id)
  where reference_id is not null;

-- Line 0 gives the rest of a reservation back. Accounts, postings and wallets named here are checked by the
-- table's own trigger, a set at a time, not by foreign keys, a row at a time: none of them can be deleted.
create table ledger_entries (
  tenant_id uuid not null,
  posting_id uuid not null,
  line smallint not null check (line >= 0),
  leg smallint not null check (leg > 0),
  account_id uuid not null,
  currency ledger_currency not null,
  amount numeric(20,6) not null check (amount <> 0 and amount <> 'NaN'),
  created_at timestamptz not null default now(),
  primary key (posting_id, line, leg, tenant_id)
);
create index ledger_entries_account on ledger_entries (tenant_id, account_id, created_at);
`;
