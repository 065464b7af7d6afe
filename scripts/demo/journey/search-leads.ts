import type { BackboneStatus, IndexStatus, LeadHits, LeadView } from '#leadwire/contracts';
import type { Journey } from './journey.js';
import type { SearchReport } from './report.js';
import { progress } from './step.js';
import { waitFor } from './wait-for.js';

const QUERIES = ['a family that wants a bigger house near good schools', 'cut the electricity bill with panels on the roof'];
const ENOUGH_TO_INTERFERE = 300;

/** Waits until every lead event has been embedded, then searches in plain words and for neighbours. */
export async function searchLeads(journey: Journey): Promise<string> {
  const { api, report, options } = journey;
  await waitFor('the vectors of all leads', async () => {
    const [leads, embeddings, index] = await Promise.all([
      api.get<BackboneStatus>('/v1/platform/services/leads/events'),
      api.get<BackboneStatus>('/v1/platform/services/embeddings/events'),
      api.get<IndexStatus>('/v1/search/status'),
    ]);
    progress(`${index.embedded} leads embedded`);
    if (index.embedded >= ENOUGH_TO_INTERFERE) options.observer.reached('embedding');
    // Of the events of leads only the import's own is not about a lead.
    return leads.unpublished === 0 && embeddings.handled >= leads.published - 1;
  });
  for (const query of QUERIES) {
    const { hits } = await api.post<LeadHits>('/v1/search/leads', { query, limit: 5 });
    report.searches.push(await named(journey, query, hits));
  }
  const first = report.searches[0]!;
  const top = (await api.post<LeadHits>('/v1/search/leads', { query: first.query, limit: 1 })).hits[0]!;
  const { hits } = await api.get<LeadHits>(`/v1/leads/${top.leadId}/similar?limit=5`);
  report.searches.push(await named(journey, `like ${first.hits[0]!.name}`, hits));
  const { embedded, model } = await api.get<IndexStatus>('/v1/search/status');
  return `${embedded} leads embedded by ${model}; ${report.searches.length} searches answered`;
}

async function named({ api }: Journey, query: string, hits: LeadHits['hits']): Promise<SearchReport> {
  const leads = await Promise.all(hits.map((hit) => api.get<LeadView>(`/v1/leads/${hit.leadId}`)));
  return {
    query,
    hits: hits.map(({ score, excerpt }, i) => ({ name: nameOf(leads[i]!), score: Number(score.toFixed(3)), excerpt })),
  };
}

/** How a lead is called in the report. */
export function nameOf(lead: LeadView): string {
  return [lead.firstName, lead.lastName].filter(Boolean).join(' ') || lead.companyName || lead.email || lead.phone || lead.id;
}
