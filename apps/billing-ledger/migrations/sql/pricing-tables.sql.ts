/** A row without tenant is everybody's; a tenant's own row wins over it (price-lookup.ts says how). */
export const pricingTables = `
create table billing_pricing_catalog (
  id uuid primary key,
  tenant_id uuid,
  category text not null check (category in (
    'enrichment', 'llm', 'stt', 'tts', 'telephony', 'vm_infrastructure', 'sms', 'email', 'linkedin')),
  provider text not null,
  model text, -- null: any model of the provider
  unit text not null check (unit in (
    'record', 'token_in', 'token_out', 'second', 'minute', 'character', 'message')),
  unit_price numeric(20,10) not null check (unit_price >= 0 and unit_price <> 'NaN'),
  currency ledger_currency not null default 'USD',
  description text,
  effective_from timestamptz not null,
  effective_to timestamptz check (effective_to > effective_from),
  is_active boolean not null default true,
  metadata jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint billing_pricing_catalog_no_overlap exclude using gist (
    (coalesce(tenant_id, '00000000-0000-0000-0000-000000000000'::uuid)) with =,
    category with =, provider with =, (coalesce(model, '')) with =, unit with =,
    (currency::text) with =, tstzrange(effective_from, effective_to) with &&
  ) where (is_active)
);
create index billing_pricing_catalog_lookup on billing_pricing_catalog (tenant_id, category, provider, unit);

-- Provider cost -> customer price, in per cent on top of the cost; category null: every category.
create table billing_markups (
  id uuid primary key,
  tenant_id uuid,
  category text,
  markup_percent numeric(9,4) not null check (markup_percent >= 0 and markup_percent <> 'NaN'),
  effective_from timestamptz not null,
  effective_to timestamptz check (effective_to > effective_from),
  created_at timestamptz not null default now(),
  constraint billing_markups_no_overlap exclude using gist (
    (coalesce(tenant_id, '00000000-0000-0000-0000-000000000000'::uuid)) with =,
    (coalesce(category, '')) with =, tstzrange(effective_from, effective_to) with &&
  )
);
create index billing_markups_lookup on billing_markups (tenant_id, category);
`;
