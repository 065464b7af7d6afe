import type { TenantTx } from '#leadwire/database';
import { Injectable } from '@nestjs/common';
import { ActiveSpace } from '../spaces/active-space.js';
import type { KnownLead, LeadChange } from './lead-change.js';

/** A change with its vector; null where there is no text. */
export interface EncodedChange {
  readonly change: LeadChange;
  readonly vector: Float32Array | null;
}

const KNOWN = `
  select lead_id as "leadId", content_hash as "contentHash", event_sequence::float8 as sequence
  from lead_embeddings where space_id = $1 and lead_id = any($2::uuid[])`;

// The sequence decides, not the order of arrival: a row that knows a newer event is left alone.
const STORE = `
  insert into lead_embeddings as stored (space_id, lead_id, event_sequence, content, content_hash, excerpt, embedding)
  select $1, lead_id, sequence, content, content_hash, excerpt, embedding::vector
  from unnest($2::uuid[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[])
    as given(lead_id, sequence, content, content_hash, excerpt, embedding)
  order by lead_id
  on conflict (tenant_id, lead_id, space_id) do update set
    event_sequence = excluded.event_sequence, content = excluded.content, content_hash = excluded.content_hash,
    excerpt = excluded.excerpt, embedding = excluded.embedding, updated_at = excluded.updated_at
  where stored.event_sequence < excluded.event_sequence
  returning lead_id`;

const TOUCH = `
  update lead_embeddings as stored set event_sequence = given.sequence, updated_at = clock_timestamp()
  from unnest($2::uuid[], $3::bigint[], $4::text[]) as given(lead_id, sequence, content_hash)
  where stored.space_id = $1 and stored.lead_id = given.lead_id and stored.event_sequence < given.sequence
  returning stored.lead_id, stored.content_hash = given.content_hash as same`;

const REFRESH = `
  insert into index_freshness (space_id) values ($1)
  on conflict (tenant_id, space_id) do update set indexed_at = excluded.indexed_at`;

/** The vectors of a tenant's leads in the active space: every statement takes a whole set. */
@Injectable()
export class LeadIndex {
  constructor(private readonly space: ActiveSpace) {}

  known(tx: TenantTx, leadIds: string[]): Promise<KnownLead[]> {
    return tx.query<KnownLead>(KNOWN, [this.space.id, leadIds]);
  }

  /** Stores what is newer than what stands there; answers the ids of the leads that were written. */
  async store(tx: TenantTx, encoded: EncodedChange[]): Promise<Set<string>> {
    if (encoded.length === 0) return new Set();
    const rows = await tx.query<{ lead_id: string }>(STORE, [
      this.space.id,
      encoded.map(({ change }) => change.leadId),
      encoded.map(({ change }) => change.sequence),
      encoded.map(({ change }) => change.content),
      encoded.map(({ change }) => change.contentHash),
      encoded.map(({ change }) => change.excerpt),
      encoded.map(({ vector }) => vector && vectorText(vector)),
    ]);
    return new Set(rows.map((row) => row.lead_id));
  }

  /** Notes newer events that left the text as it is. */
  async touch(tx: TenantTx, unchanged: LeadChange[]): Promise<void> {
    if (unchanged.length === 0) return;
    const rows = await tx.query<{ same: boolean }>(TOUCH, [
      this.space.id,
      unchanged.map((change) => change.leadId),
      unchanged.map((change) => change.sequence),
      unchanged.map((change) => change.contentHash),
    ]);
    // Another replica wrote another text since it was compared: roll back, and compare again at the next attempt.
    if (rows.some((row) => !row.same)) throw new Error('a lead changed while its text was compared');
  }

  async refresh(tx: TenantTx): Promise<void> {
    await tx.query(REFRESH, [this.space.id]);
  }
}

/** A vector as pgvector reads it. */
export function vectorText(vector: Float32Array): string {
  return `[${vector.join(',')}]`;
}
