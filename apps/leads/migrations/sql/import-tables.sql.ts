import { CURRENT_TENANT } from '#leadwire/database';

/** Imports with their progress, and the rows they rejected. */
export const IMPORT_TABLES = `
  create table lead_imports (
    id uuid not null,
    tenant_id uuid not null default ${CURRENT_TENANT},
    created_by_user_id uuid,
    status varchar(20) not null default 'queued' check (status in ('queued', 'running', 'completed', 'failed')),
    mode varchar(10) not null check (mode in ('upsert', 'create', 'update')),
    upload jsonb not null,
    mapping jsonb not null,
    last_row int not null default 0,
    rows_read int not null default 0,
    imported int not null default 0,
    updated int not null default 0,
    rejected int not null default 0,
    bytes_read bigint not null default 0,
    bytes_total bigint not null,
    failure varchar(500),
    attempts int not null default 0,
    claimed_by uuid,
    claimed_until timestamptz,
    created_at timestamptz not null default now(),
    completed_at timestamptz,
    primary key (tenant_id, id),
    check (imported + updated + rejected = rows_read)
  );
  create index lead_imports_open on lead_imports (created_at) where status in ('queued', 'running');
  create table lead_import_rejects (
    tenant_id uuid not null default ${CURRENT_TENANT},
    import_id uuid not null,
    line int not null,
    code varchar(60) not null,
    message varchar(500) not null,
    raw text not null,
    primary key (tenant_id, import_id, line),
    foreign key (tenant_id, import_id) references lead_imports (tenant_id, id)
  );
`;
