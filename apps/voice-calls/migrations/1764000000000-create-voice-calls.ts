import { CURRENT_TENANT, lockToTenant, openToPlatform } from '#leadwire/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = ['voice_agents', 'voice_agent_numbers', 'voice_call_logs', 'voice_call_callbacks', 'call_transcripts', 'voice_call_analysis'];

/** Agents, numbers, calls, what the carrier told of them, what was said, what was understood. */
export class CreateVoiceCalls1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [AGENTS, CALLS, CALL_INDEXES, HEARD]) await runner.query(sql);
    await lockToTenant(runner, ...TABLES);
    // Dialler, sweep and finisher find due calls before they know whose they are.
    await openToPlatform(runner, 'voice_call_logs', 'select, update');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...TABLES].reverse()) await runner.query(`drop table ${table}`);
  }
}

const AGENTS = `
  create table voice_agents (
    id uuid primary key,
    tenant_id uuid not null default ${CURRENT_TENANT},
    name varchar(100) not null,
    agent_instructions text not null,
    opening_line text not null,
    talking_points jsonb not null,
    language varchar(10) not null,
    max_minutes int not null check (max_minutes between 1 and 60),
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp(),
    unique (tenant_id, id)
  );
  create table voice_agent_numbers (
    id uuid primary key,
    tenant_id uuid not null default ${CURRENT_TENANT},
    number varchar(20) not null,
    provider varchar(20) not null check (provider in ('twilio')),
    status varchar(20) not null default 'active' check (status in ('active', 'released')),
    default_agent_id uuid,
    metadata jsonb not null default '{}',
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp(),
    unique (tenant_id, id),
    constraint voice_agent_numbers_number unique (tenant_id, number),
    constraint voice_agent_numbers_agent foreign key (tenant_id, default_agent_id) references voice_agents (tenant_id, id)
  );
`;

const CALLS = `
  create table voice_call_logs (
    id uuid primary key,
    tenant_id uuid not null default ${CURRENT_TENANT},
    initiated_by_user_id uuid,
    lead_id uuid,
    lead_name varchar(200),
    company_name varchar(200),
    agent_id uuid,
    from_number_id uuid,
    from_number varchar(20),
    to_number varchar(40) not null,
    campaign_id uuid,
    campaign_lead_id uuid,
    campaign_step_id uuid,
    direction varchar(10) not null default 'outbound' check (direction in ('inbound', 'outbound')),
    status varchar(20) not null check (status in ('queued', 'dialling', 'ringing', 'in_progress', 'completed', 'no_answer',
      'busy', 'rejected', 'voicemail', 'failed', 'cancelled')),
    end_reason varchar(200),
    max_minutes int not null,
    reservation_id uuid not null,
    reservation_status varchar(10) not null default 'none' check (reservation_status in ('none', 'asked', 'held', 'refused')),
    claimed_at timestamptz,
    claimed_until timestamptz,
    next_attempt_at timestamptz not null default clock_timestamp(),
    dial_attempts int not null default 0,
    dial_attempted_at timestamptz,
    check_at timestamptz,
    carrier_sid varchar(64),
    answered_by varchar(40),
    started_at timestamptz,
    answered_at timestamptz,
    ended_at timestamptz,
    duration_seconds int check (duration_seconds >= 0),
    transcription_started_at timestamptz,
    transcription_end int,
    finish_after timestamptz,
    finished_at timestamptz,
    metadata jsonb not null default '{}',
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp(),
    unique (tenant_id, id),
    constraint voice_call_logs_step unique (tenant_id, campaign_lead_id, campaign_step_id),
    foreign key (tenant_id, agent_id) references voice_agents (tenant_id, id),
    foreign key (tenant_id, from_number_id) references voice_agent_numbers (tenant_id, id)
  );
`;

// One carrier call belongs to one row. And of two numbers at most one dialling may be without a known outcome: only so
// can a call that the carrier lists between them be told to be ours.
const CALL_INDEXES = `
  create unique index voice_call_logs_sid on voice_call_logs (carrier_sid) where carrier_sid is not null;
  create unique index voice_call_logs_unknown on voice_call_logs (from_number, to_number)
    where status = 'dialling' and carrier_sid is null;
  create index voice_call_logs_campaign on voice_call_logs (tenant_id, campaign_id, id);
  create index voice_call_logs_lead on voice_call_logs (tenant_id, lead_id, id);
  create index voice_call_logs_queued on voice_call_logs (tenant_id, next_attempt_at, id) where status = 'queued';
  create index voice_call_logs_live on voice_call_logs (tenant_id) where status in ('dialling', 'ringing', 'in_progress');
  create index voice_call_logs_leased on voice_call_logs (claimed_until) where status = 'queued' and claimed_until is not null;
  create index voice_call_logs_claimed on voice_call_logs (claimed_at) where claimed_at is not null;
  create index voice_call_logs_unfinished on voice_call_logs (finish_after) where finish_after is not null and finished_at is null;
`;

const HEARD = `
  create table voice_call_callbacks (
    id uuid primary key,
    tenant_id uuid not null default ${CURRENT_TENANT},
    call_log_id uuid not null,
    carrier_sid varchar(64) not null,
    kind varchar(20) not null check (kind in ('status', 'transcription')),
    sequence int not null,
    params jsonb not null,
    received_at timestamptz not null default clock_timestamp(),
    unique (tenant_id, call_log_id, kind, carrier_sid, sequence),
    foreign key (tenant_id, call_log_id) references voice_call_logs (tenant_id, id)
  );
  create table call_transcripts (
    tenant_id uuid not null default ${CURRENT_TENANT},
    call_log_id uuid not null,
    sequence int not null,
    speaker varchar(10) not null check (speaker in ('bot', 'customer', 'agent')),
    text varchar(4000) not null,
    confidence double precision not null check (confidence between 0 and 1),
    spoken_at timestamptz not null,
    primary key (tenant_id, call_log_id, sequence),
    foreign key (tenant_id, call_log_id) references voice_call_logs (tenant_id, id)
  );
  create table voice_call_analysis (
    id uuid primary key,
    tenant_id uuid not null default ${CURRENT_TENANT},
    call_log_id uuid not null,
    lead_id uuid,
    summary varchar(4000) not null,
    sentiment varchar(10) not null check (sentiment in ('positive', 'neutral', 'negative')),
    sentiment_score double precision not null,
    disposition varchar(30) not null,
    lead_category varchar(10) not null check (lead_category in ('hot', 'warm', 'cold')),
    score_delta int not null check (score_delta between -30 and 30),
    lead_extraction jsonb not null,
    metadata jsonb not null default '{}',
    created_at timestamptz not null default clock_timestamp(),
    unique (tenant_id, call_log_id),
    foreign key (tenant_id, call_log_id) references voice_call_logs (tenant_id, id)
  );
`;
