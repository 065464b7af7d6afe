import { CURRENT_TENANT } from '#leadwire/database';

/** What each consumer has handled. Partitioned by the day in the event's id, so that days leave whole. */
export const INBOX = `
  create table inbox (
    tenant_id uuid not null default ${CURRENT_TENANT},
    consumer varchar(120) not null,
    event_id uuid not null,
    event_type varchar(120) not null,
    occurred_at timestamptz not null,
    handled_at timestamptz not null default clock_timestamp(),
    primary key (tenant_id, consumer, event_id)
  ) partition by range (event_id);
  create table inbox_rest partition of inbox default;
`;
