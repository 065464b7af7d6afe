import { CURRENT_TENANT } from '#leadwire/database';

// The unique indexes are the dedupe policy (mail or phone; LinkedIn where there is neither): two creates at once cannot
// double a lead. The others serve the filters; each ends in the id, so a filtered page is read in its order.
const FILTERED = ['stage', 'temperature', 'industry', 'city', 'country', 'source'];
const FILTER_INDEXES = FILTERED.map(
  (column) => `create index leads_by_${column} on leads (tenant_id, ${column}, id) where not is_deleted;`,
).join('\n');

/** Leads: the columns of schema 002 and those that the other definitions of a lead add. */
export const LEAD_TABLES = `
  create table leads (
    id uuid not null,
    tenant_id uuid not null default ${CURRENT_TENANT},
    created_by_user_id uuid,
    assigned_user_id uuid,
    first_name text,
    last_name text,
    name text,
    email text,
    email_raw text,
    phone text check (phone like '+%'),
    phone_extension text,
    phone_raw text,
    company_name text,
    title text,
    linkedin_url text,
    website text,
    industry text,
    city text,
    region text,
    country text,
    source text,
    source_id text,
    stage varchar(60) not null,
    stage_entered_at timestamptz not null default now(),
    status varchar(60) not null,
    temperature varchar(20) not null default 'cold' check (temperature in ('cold', 'warm', 'hot', 'converted', 'lost')),
    lead_score double precision not null default 0 check (lead_score between 0 and 100),
    qualification_status varchar(20) not null default 'new'
      check (qualification_status in ('new', 'mql', 'sql', 'qualified', 'disqualified', 'converted')),
    priority int check (priority between 1 and 4),
    estimated_value numeric(18, 2),
    currency varchar(3),
    tags text[] not null default '{}',
    custom_fields jsonb not null default '{}',
    notes text,
    is_archived boolean not null default false,
    is_deleted boolean not null default false,
    last_activity_at timestamptz,
    next_follow_up_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (tenant_id, id),
    check (email is not null or phone is not null or linkedin_url is not null)
  );
  create unique index leads_email_living on leads (tenant_id, email) where not is_deleted;
  create unique index leads_phone_living on leads (tenant_id, phone) where not is_deleted;
  create unique index leads_linkedin_only on leads (tenant_id, linkedin_url)
    where not is_deleted and email is null and phone is null;
  create index leads_by_linkedin on leads (tenant_id, linkedin_url) where not is_deleted and linkedin_url is not null;
  create index leads_by_score on leads (tenant_id, lead_score desc, id desc) where not is_deleted;
  ${FILTER_INDEXES}
`;
