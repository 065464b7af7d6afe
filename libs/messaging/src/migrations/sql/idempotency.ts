import { CURRENT_TENANT } from '#leadwire/database';

/** The answers kept for idempotency keys. */
export const IDEMPOTENCY = `
  create table idempotency_keys (
    tenant_id uuid not null default ${CURRENT_TENANT},
    operation varchar(120) not null,
    key varchar(255) not null,
    request_hash char(64) not null,
    answer jsonb,
    created_at timestamptz not null default now(),
    primary key (tenant_id, operation, key)
  );
  create index idempotency_keys_age on idempotency_keys (created_at);
`;
