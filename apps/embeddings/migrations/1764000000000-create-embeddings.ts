import { CURRENT_TENANT, lockToTenant } from '#leadwire/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Spaces, the vectors of leads with their nearest-neighbour index, and how fresh each tenant's index is. */
export class CreateEmbeddings1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(SPACES);
    await runner.query(LEADS);
    await lockToTenant(runner, 'lead_embeddings', 'index_freshness');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['index_freshness', 'lead_embeddings', 'embedding_spaces']) await runner.query(`drop table ${table}`);
  }
}

// Spaces belong to the installation, not to a tenant. At most one is active.
const SPACES = `
  create table embedding_spaces (
    id smallint primary key,
    model varchar(100) not null,
    dimensions int not null check (dimensions > 0),
    metric varchar(20) not null check (metric in ('cosine')),
    version int not null check (version > 0),
    active boolean not null default false,
    created_at timestamptz not null default now(),
    unique (model, version)
  );
  create unique index embedding_spaces_active on embedding_spaces (active) where active;
  insert into embedding_spaces (id, model, dimensions, metric, version, active)
  values (1, 'all-MiniLM-L6-v2-int8', 384, 'cosine', 1, true);
`;

// The vector stands in the row itself (storage plain): an exact scan reads it without a detour for every row.
// No other index than the two: an update that leaves the vector alone then stays on its page and out of the HNSW graph,
// for which the free space on each page is meant.
const LEADS = `
  create table lead_embeddings (
    tenant_id uuid not null default ${CURRENT_TENANT},
    lead_id uuid not null,
    space_id smallint not null references embedding_spaces,
    embedding vector(384),
    content text not null,
    content_hash char(64) not null,
    excerpt varchar(400) not null,
    event_sequence bigint not null,
    updated_at timestamptz not null default clock_timestamp(),
    primary key (tenant_id, lead_id, space_id),
    check ((embedding is null) = (content = ''))
  ) with (fillfactor = 80);
  alter table lead_embeddings alter column embedding set storage plain;
  create index lead_embeddings_nearest on lead_embeddings
    using hnsw (embedding vector_cosine_ops) with (m = 16, ef_construction = 64);
  create table index_freshness (
    tenant_id uuid not null default ${CURRENT_TENANT},
    space_id smallint not null references embedding_spaces,
    indexed_at timestamptz not null default clock_timestamp(),
    primary key (tenant_id, space_id)
  );
`;
