import { CURRENT_TENANT, lockToTenant, openToPlatform } from '#leadwire/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = ['communication_templates', 'campaigns', 'campaign_steps', 'enrolment_runs', 'campaign_leads', 'campaign_lead_activities', 'suppressions'];

/** Templates, campaigns with their steps, enrolments with their timers, activities, suppressions. */
export class CreateCampaigns1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [TEMPLATES, CAMPAIGNS, ENROLMENTS, ACTIVITIES, SUPPRESSIONS]) await runner.query(sql);
    await lockToTenant(runner, ...TABLES);
    // The workers claim across tenants: segments to enrol, enrolments that are due, campaigns that have ended.
    await openToPlatform(runner, 'campaigns', 'select');
    await openToPlatform(runner, 'enrolment_runs', 'select, update');
    await openToPlatform(runner, 'campaign_leads', 'select, update');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES.toReversed()) await runner.query(`drop table ${table}`);
  }
}

const TENANT = `tenant_id uuid not null default ${CURRENT_TENANT}`;

const TEMPLATES = `
  create table communication_templates (
    id uuid primary key,
    ${TENANT},
    channel varchar(20) not null check (channel in ('email')),
    template_key varchar(100) not null,
    language varchar(10) not null,
    subject varchar(300) not null,
    body text not null,
    variables_schema jsonb not null default '[]',
    is_active boolean not null default true,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint templates_key unique (tenant_id, channel, template_key, language)
  );
`;

// A step holds the template it was created with. enrolment_runs keeps how far a segment was read: apart from the
// campaign's row, which every touch reads "for share".
const CAMPAIGNS = `
  create table campaigns (
    id uuid primary key,
    ${TENANT},
    name varchar(200) not null,
    description text,
    status varchar(20) not null default 'draft' check (status in ('draft', 'running', 'paused', 'completed', 'stopped')),
    segment jsonb not null,
    created_by_user_id uuid,
    started_at timestamptz,
    completed_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
  );
  create index campaigns_newest on campaigns (tenant_id, id);
  create index campaigns_running on campaigns (id) where status = 'running';
  create table campaign_steps (
    id uuid primary key,
    ${TENANT},
    campaign_id uuid not null references campaigns,
    type varchar(40) not null,
    "order" int not null,
    title varchar(200),
    config jsonb not null default '{}',
    template_id uuid references communication_templates,
    created_at timestamptz not null default now(),
    unique (tenant_id, campaign_id, "order")
  );
  create table enrolment_runs (
    campaign_id uuid primary key references campaigns,
    ${TENANT},
    cursor text,
    enrolled int not null default 0,
    claimed_until timestamptz not null default now(),
    claimed_by uuid,
    finished_at timestamptz
  );
  create index enrolment_runs_of_tenant on enrolment_runs (tenant_id);
  create index enrolment_runs_open on enrolment_runs (claimed_until) where finished_at is null;
`;

// due_at: when the runner has to look at it; null while it waits for something else or has ended. claimed_by fences:
// only the process that holds the claim may begin a step.
const ENROLMENTS = `
  create table campaign_leads (
    id uuid primary key,
    ${TENANT},
    campaign_id uuid not null references campaigns,
    lead_id uuid not null,
    first_name varchar(100),
    last_name varchar(100),
    email varchar(320),
    company_name varchar(200),
    title varchar(200),
    linkedin_url text,
    phone varchar(40),
    lead_data jsonb not null,
    status varchar(20) not null default 'pending'
      check (status in ('pending', 'active', 'waiting', 'held', 'completed', 'stopped', 'failed')),
    reason varchar(300),
    current_step_order int not null default 1,
    attempt int not null default 1,
    due_at timestamptz default now(),
    claimed_until timestamptz,
    claimed_by uuid,
    started_at timestamptz,
    completed_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (tenant_id, campaign_id, lead_id)
  );
  create index campaign_leads_due on campaign_leads (tenant_id, campaign_id, due_at) where due_at is not null;
  create index campaign_leads_open on campaign_leads (tenant_id, campaign_id)
    where due_at is not null or status in ('pending', 'active', 'waiting');
  create index campaign_leads_page on campaign_leads (tenant_id, campaign_id, id);
  create index campaign_leads_address on campaign_leads (tenant_id, lower(email));
  create index campaign_leads_lead on campaign_leads (tenant_id, lead_id);
`;

// One intent per enrolment, step and attempt: the act's promise not to happen twice.
const ACTIVITIES = `
  create table campaign_lead_activities (
    id uuid primary key,
    ${TENANT},
    campaign_id uuid not null references campaigns,
    campaign_lead_id uuid not null references campaign_leads,
    lead_id uuid not null,
    step_id uuid references campaign_steps,
    channel varchar(20) not null,
    step_type varchar(40) not null,
    action_type varchar(20) not null check (action_type in ('send', 'call', 'skip', 'receive', 'unsubscribe')),
    attempt int not null default 1,
    status varchar(20) not null,
    subject text,
    message_content text,
    error_message varchar(2000),
    reference varchar(500),
    resends int not null default 0,
    unknown_since timestamptz,
    metadata jsonb not null default '{}',
    executed_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
  );
  create unique index activities_intent on campaign_lead_activities (tenant_id, campaign_lead_id, step_id, attempt)
    where action_type in ('send', 'call');
  create unique index activities_received on campaign_lead_activities (tenant_id, campaign_lead_id, reference)
    where action_type = 'receive';
  create unique index activities_unsubscribed on campaign_lead_activities (tenant_id, campaign_lead_id)
    where action_type = 'unsubscribe';
  create index activities_newest on campaign_lead_activities (tenant_id, campaign_id, id);
`;

const SUPPRESSIONS = `
  create table suppressions (
    id uuid primary key,
    ${TENANT},
    address varchar(320) not null,
    reason varchar(40) not null,
    lead_id uuid,
    created_at timestamptz not null default now(),
    unique (tenant_id, address)
  );
  create index suppressions_page on suppressions (tenant_id, id);
`;
