import { Database, type TenantTx } from '#leadwire/database';
import { newId } from '#leadwire/kernel';
import type { ServiceHarness } from '#leadwire/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmbeddings } from '../embeddings.harness.js';
import { vectorText } from '../lead-index/lead-index.js';
import { NearestLeads, SEARCH, type SearchPlan } from './nearest-leads.js';

const LEADS = 2_000;
const QUERIES = 50;
const LIMIT = 10;

/** mulberry32: the same vectors in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('the two ways to search', () => {
  const random = seeded(7);
  const randomVector = () => vectorText(Float32Array.from({ length: 384 }, () => random() * 2 - 1));
  const tenantId = newId();
  const otherTenantId = newId();
  const smallTenantId = newId();
  let embeddings: ServiceHarness;
  let nearest: NearestLeads;

  const inTenant = <T>(id: string, work: (tx: TenantTx) => Promise<T>) => embeddings.service.app.get(Database).forTenantAsService(id, work);
  const fill = (id: string, vectors: string[]) =>
    embeddings.rows(
      `insert into lead_embeddings (tenant_id, space_id, lead_id, event_sequence, content, content_hash, excerpt, embedding)
       select $1, 1, lead_id, 1, 'random', repeat('0', 64), 'random', embedding::vector from unnest($2::uuid[], $3::text[]) as given(lead_id, embedding)`,
      [id, vectors.map(() => newId()), vectors],
    );
  const search = (id: string, plan: SearchPlan, vector: string, limit = LIMIT) =>
    inTenant(id, (tx) => nearest.search(tx, plan, { vector, limit }));
  const explain = (plan: SearchPlan) =>
    inTenant(tenantId, async (tx) => {
      await nearest.prepare(tx, plan);
      const rows = await tx.query(`explain (costs off) ${SEARCH[plan]}`, nearest.parameters({ vector: randomVector(), limit: LIMIT }));
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    });

  beforeAll(async () => {
    embeddings = await startEmbeddings({ EMBEDDINGS_EXACT_SEARCH_BELOW: '1000', EMBEDDINGS_HNSW_MAX_SCAN: '1000' });
    nearest = embeddings.service.app.get(NearestLeads);
    // Side by side in one graph, as they would be: half of what a scan meets belongs to somebody else. The graph is
    // built over theirs at once, to save time; the leads that are searched join it row by row, as in service.
    const [index] = await embeddings.rows(`select pg_get_indexdef('lead_embeddings_nearest'::regclass) as definition`);
    await embeddings.rows('drop index lead_embeddings_nearest');
    await fill(otherTenantId, Array.from({ length: LEADS }, randomVector));
    await embeddings.rows(index!['definition']);
    await fill(tenantId, Array.from({ length: LEADS }, randomVector));
    await fill(smallTenantId, Array.from({ length: 20 }, randomVector));
    await embeddings.rows('analyze lead_embeddings');
  }, 120_000);
  afterAll(() => embeddings.stop());

  it('are what they say', async () => {
    const exact = await explain('exact');
    expect(exact).not.toContain('lead_embeddings_nearest');
    expect(exact).toContain('Sort');
    expect(exact).toContain('tenant_id = ');
    const hnsw = await explain('hnsw');
    expect(hnsw).toContain('Index Scan using lead_embeddings_nearest');
    expect(hnsw).not.toContain('Sort');
    expect(hnsw).toContain('tenant_id = ');
  });

  it('answer alike', async () => {
    let same = 0;
    for (let i = 0; i < QUERIES; i++) {
      const vector = randomVector();
      const [exact, hnsw] = [await search(tenantId, 'exact', vector), await search(tenantId, 'hnsw', vector)];
      expect(hnsw).toHaveLength(LIMIT);
      expect(hnsw.map((hit) => hit.score)).toEqual(hnsw.map((hit) => hit.score).toSorted((a, b) => b - a));
      const right = new Set(exact.map((hit) => hit.leadId));
      same += hnsw.filter((hit) => right.has(hit.leadId)).length;
    }
    const recall = same / (QUERIES * LIMIT);
    console.log(`HNSW recall@${LIMIT} on ${LEADS} random vectors beside ${LEADS} of another tenant: ${recall.toFixed(3)}`);
    expect(recall).toBeGreaterThanOrEqual(0.95);
  });

  it('are exact when exact: nothing nearer is left out', async () => {
    const vector = randomVector();
    const hits = await search(tenantId, 'exact', vector);
    const [count] = await embeddings.rows(
      `select count(*)::int as nearer from lead_embeddings where tenant_id = $1 and 1 - (embedding <=> $2::vector) > $3 and lead_id <> all($4)`,
      [tenantId, vector, hits.at(-1)!.score, hits.map((hit) => hit.leadId)],
    );
    expect(count!['nearer']).toBe(0);
  });

  it('are chosen by how many leads the tenant has', async () => {
    expect(await inTenant(smallTenantId, (tx) => nearest.choosePlan(tx))).toBe('exact');
    expect(await inTenant(tenantId, (tx) => nearest.choosePlan(tx))).toBe('hnsw');
  });

  it('leave no tenant without its leads when the graph is full of others', async () => {
    const vector = randomVector();
    const starved = await search(smallTenantId, 'hnsw', vector, 20);
    expect(starved.length).toBeLessThan(20);
    const found = await inTenant(tenantId, (tx) => nearest.find(tx, { vector, limit: LEADS }));
    expect((await search(tenantId, 'hnsw', vector, LEADS)).length).toBeLessThan(LEADS);
    expect(found.hits).toHaveLength(LEADS);
  });
});
