import { CURRENT_TENANT } from '#leadwire/database';

/** What a tenant's pipeline is made of. */
export const PIPELINE_TABLES = `
  create table tenant_settings (
    tenant_id uuid primary key default ${CURRENT_TENANT},
    vertical varchar(20) not null default 'sales' check (vertical in ('sales', 'broker', 'education')),
    country varchar(2) not null default 'US',
    time_zone varchar(60) not null default 'UTC',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
  );
  create table lead_stages (
    id uuid not null,
    tenant_id uuid not null default ${CURRENT_TENANT},
    key varchar(60) not null,
    label varchar(100) not null,
    description varchar(500),
    color varchar(20) not null,
    display_order int not null,
    outcome varchar(10) not null check (outcome in ('open', 'won', 'lost')),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (tenant_id, id),
    unique (tenant_id, key)
  );
  create table lead_statuses (
    id uuid not null,
    tenant_id uuid not null default ${CURRENT_TENANT},
    key varchar(60) not null,
    label varchar(100) not null,
    color varchar(20) not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (tenant_id, id),
    unique (tenant_id, key)
  );
`;
