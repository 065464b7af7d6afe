import { CURRENT_TENANT } from '#leadwire/database';

/** What happened with a lead: its timeline, the evidence of its scores, its bookings. */
export const RECORD_TABLES = `
  create table lead_activities (
    id uuid not null,
    tenant_id uuid not null default ${CURRENT_TENANT},
    lead_id uuid not null,
    event_id uuid not null,
    type varchar(120) not null,
    summary varchar(500) not null,
    details jsonb not null default '{}',
    occurred_at timestamptz not null,
    created_at timestamptz not null default now(),
    primary key (tenant_id, id),
    unique (tenant_id, event_id),
    foreign key (tenant_id, lead_id) references leads (tenant_id, id)
  );
  create index lead_activities_newest on lead_activities (tenant_id, lead_id, occurred_at, id);
  create table lead_scores (
    id uuid not null,
    tenant_id uuid not null default ${CURRENT_TENANT},
    lead_id uuid not null,
    call_id uuid not null,
    model varchar(60) not null,
    score double precision not null,
    previous_score double precision not null,
    temperature varchar(20) not null,
    evidence jsonb not null,
    created_at timestamptz not null default now(),
    primary key (tenant_id, id),
    unique (tenant_id, call_id),
    foreign key (tenant_id, lead_id) references leads (tenant_id, id)
  );
  create index lead_scores_of_lead on lead_scores (tenant_id, lead_id, id);
  create table lead_bookings (
    id uuid not null,
    tenant_id uuid not null default ${CURRENT_TENANT},
    lead_id uuid not null,
    assigned_user_id uuid,
    parent_booking_id uuid,
    call_id uuid,
    booking_type varchar(40) not null check (booking_type in ('auto_followup', 'auto_consultation', 'manual_followup',
      'callback_requested', 'system_retry', 'property_visit', 'virtual_meeting', 'phone_call', 'office_meeting', 'other')),
    booking_source varchar(40) not null,
    scheduled_at timestamptz,
    timezone varchar(60) not null,
    status varchar(20) not null default 'scheduled'
      check (status in ('scheduled', 'confirmed', 'in_progress', 'completed', 'missed', 'no_show', 'cancelled', 'failed')),
    call_result varchar(20) check (call_result in ('answered', 'no_answer', 'busy', 'voicemail', 'rejected')),
    retry_count int not null default 0 check (retry_count between 0 and 3),
    notes text,
    metadata jsonb not null default '{}',
    created_by_user_id uuid,
    is_deleted boolean not null default false,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (tenant_id, id),
    unique (tenant_id, call_id),
    foreign key (tenant_id, lead_id) references leads (tenant_id, id),
    foreign key (tenant_id, parent_booking_id) references lead_bookings (tenant_id, id)
  );
  create index lead_bookings_of_lead on lead_bookings (tenant_id, lead_id, id) where not is_deleted;
`;
