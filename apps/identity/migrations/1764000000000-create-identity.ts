import { lockToTenant } from '#leadwire/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tenants, users, memberships, sessions with their refresh tokens, API keys. */
export class CreateIdentity1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(PEOPLE);
    await runner.query(CREDENTIALS);
    await lockToTenant(runner, 'memberships', 'sessions', 'refresh_tokens', 'api_keys');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['api_keys', 'refresh_tokens', 'sessions', 'memberships', 'users', 'tenants']) {
      await runner.query(`drop table ${table}`);
    }
  }
}

// A user may belong to several tenants, so neither users nor tenants are rows of a tenant; memberships are.
const PEOPLE = `
  create table tenants (
    id uuid primary key,
    name varchar(200) not null,
    slug varchar(200) not null,
    status varchar(20) not null default 'trial' check (status in ('trial', 'active', 'suspended', 'cancelled')),
    plan_tier varchar(20) not null default 'free' check (plan_tier in ('free', 'starter', 'professional', 'enterprise')),
    country varchar(2) not null,
    timezone varchar(60) not null,
    metadata jsonb not null default '{}',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    deleted_at timestamptz
  );
  create unique index tenants_name_living on tenants (lower(name)) where deleted_at is null;
  create unique index tenants_slug_living on tenants (slug) where deleted_at is null;
  create table users (
    id uuid primary key,
    email varchar(320) not null,
    password_hash varchar(255),
    first_name varchar(100),
    last_name varchar(100),
    primary_tenant_id uuid not null references tenants,
    is_active boolean not null default true,
    email_verified boolean not null default false,
    failed_sign_ins int not null default 0,
    locked_until timestamptz,
    last_login_at timestamptz,
    password_changed_at timestamptz,
    metadata jsonb not null default '{}',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    deleted_at timestamptz
  );
  create unique index users_email_living on users (lower(email)) where deleted_at is null;
  create table memberships (
    id uuid primary key,
    tenant_id uuid not null references tenants,
    user_id uuid not null references users,
    role varchar(40) not null check (role in ('owner', 'admin', 'manager', 'agent', 'member', 'viewer')),
    invited_by uuid references users,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    deleted_at timestamptz,
    unique (tenant_id, user_id)
  );
`;

const CREDENTIALS = `
  create table sessions (
    id uuid primary key,
    tenant_id uuid not null references tenants,
    user_id uuid not null references users,
    created_at timestamptz not null default now(),
    revoked_at timestamptz,
    revoked_reason varchar(40)
  );
  create index sessions_of_user on sessions (tenant_id, user_id);
  create table refresh_tokens (
    token_hash char(64) not null,
    tenant_id uuid not null references tenants,
    session_id uuid not null references sessions,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    used_at timestamptz,
    primary key (tenant_id, token_hash)
  );
  create table api_keys (
    id uuid primary key,
    tenant_id uuid not null references tenants,
    name varchar(100) not null,
    prefix varchar(40) not null,
    key_hash char(64) not null,
    capabilities text[] not null,
    created_by uuid not null,
    created_at timestamptz not null default now(),
    expires_at timestamptz,
    revoked_at timestamptz,
    unique (tenant_id, key_hash)
  );
  create index api_keys_newest on api_keys (tenant_id, id);
`;
