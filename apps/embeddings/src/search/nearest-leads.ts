import type { LeadHit, LeadHits } from '#leadwire/contracts';
import type { TenantTx } from '#leadwire/database';
import { Injectable } from '@nestjs/common';
import { EmbeddingsConfig } from '../embeddings.config.js';
import { IndexFreshnessEntity } from '../lead-index/index-freshness.entity.js';
import { ActiveSpace } from '../spaces/active-space.js';

/** What is looked for: leads near a vector (as pgvector's text), one of them left out if told. */
export interface Near {
  readonly vector: string;
  readonly limit: number;
  readonly except?: string;
}

/** How it is looked for. */
export type SearchPlan = 'exact' | 'hnsw';

// The tenant stands in none of these: row-level security puts it first, whatever a statement says.
const CANDIDATES = `
  select lead_id as "leadId", excerpt, 1 - (embedding <=> $2::vector) as score
  from lead_embeddings where space_id = $1 and embedding is not null and lead_id is distinct from $4::uuid`;

/**
 * The same leads, asked for in two ways. The HNSW index serves an order by distance and nothing else, so an order by
 * the score cannot be answered from it: that statement compares with every lead of the tenant.
 */
export const SEARCH: Record<SearchPlan, string> = {
  exact: `${CANDIDATES} order by score desc, lead_id limit $3`,
  hnsw: `${CANDIDATES} order by embedding <=> $2::vector limit $3`,
};

// Without sorting, the order by distance can only come from the index. The scan goes on in rounds until enough rows of
// the tenant were met: a filter after one round could leave nothing.
const USE_HNSW = `
  select set_config('hnsw.iterative_scan', 'relaxed_order', true), set_config('hnsw.ef_search', $1, true),
         set_config('hnsw.max_scan_tuples', $2, true), set_config('enable_sort', 'off', true)`;
const USE_ANY_PLAN = `select set_config('enable_sort', 'on', true)`;

const COUNT_UP_TO = `select count(*)::int as rows from (select from lead_embeddings where space_id = $1 limit $2) as counted`;

/** Finds the leads of the transaction's tenant that are nearest to a vector, nearest first. */
@Injectable()
export class NearestLeads {
  constructor(
    private readonly config: EmbeddingsConfig,
    private readonly space: ActiveSpace,
  ) {}

  /** The hits, and how fresh the index is that they come from. */
  async find(tx: TenantTx, near: Near): Promise<LeadHits> {
    const plan = await this.choosePlan(tx);
    const hits = await this.search(tx, plan, near);
    // The nearest rows of the index belonged to others for so long that the scan ended: then every own lead is compared.
    const isStarved = plan === 'hnsw' && hits.length < near.limit;
    return { hits: isStarved ? await this.search(tx, 'exact', near) : hits, indexedAt: await this.indexedAt(tx) };
  }

  async choosePlan(tx: TenantTx): Promise<SearchPlan> {
    const { exactSearchBelow } = this.config;
    const [counted] = await tx.query<{ rows: number }>(COUNT_UP_TO, [this.space.id, exactSearchBelow]);
    return counted!.rows < exactSearchBelow ? 'exact' : 'hnsw';
  }

  async search(tx: TenantTx, plan: SearchPlan, near: Near): Promise<LeadHit[]> {
    await this.prepare(tx, plan);
    const hits = await tx.query<LeadHit>(SEARCH[plan], this.parameters(near));
    // Rounds of a relaxed scan may overlap a little, so its rows are put in order here.
    return hits.toSorted((a, b) => b.score - a.score);
  }

  /** Sets up the transaction for statements of a plan. */
  async prepare(tx: TenantTx, plan: SearchPlan): Promise<void> {
    const { hnswEfSearch, hnswMaxScan } = this.config;
    if (plan === 'hnsw') await tx.query(USE_HNSW, [String(hnswEfSearch), String(hnswMaxScan)]);
    else await tx.query(USE_ANY_PLAN);
  }

  parameters({ vector, limit, except }: Near): unknown[] {
    return [this.space.id, vector, limit, except ?? null];
  }

  async indexedAt(tx: TenantTx): Promise<string | null> {
    const row = await tx.manager.findOneBy(IndexFreshnessEntity, { spaceId: this.space.id });
    return row?.indexedAt.toISOString() ?? null;
  }
}
