import type { BackboneStatus, CallView, CampaignView, LedgerChecks } from '#leadwire/contracts';
import type { Journey } from './journey.js';
import { progress } from './step.js';
import { waitFor } from './wait-for.js';

const ENOUGH_TO_INTERFERE = 15;
const ENDED = new Set(['completed', 'no_answer', 'busy', 'rejected', 'voicemail', 'failed', 'cancelled']);
const SERVICES = ['identity', 'leads', 'campaigns', 'voice-calls', 'billing-ledger', 'embeddings'];

/** Follows the campaign to its end: every call ended, read, settled; every event handled. */
export async function followCalls(journey: Journey, campaign: CampaignView): Promise<CallView[]> {
  const { api, report, options } = journey;
  await waitFor('the end of the campaign', async () => {
    const now = await api.get<CampaignView>(`/v1/campaigns/${campaign.id}`);
    const { callsRequested, completed, waiting } = now.progress;
    progress(`${callsRequested} calls asked for, ${completed} leads through, ${waiting} waiting`);
    if (completed >= ENOUGH_TO_INTERFERE) options.observer.reached('calling');
    report.campaign = now.progress;
    return now.status === 'completed';
  });
  const calls = await waitFor('the calls to be read and settled', () => settledCalls(journey, campaign));
  await quiet(journey);
  return calls;
}

async function settledCalls({ api }: Journey, campaign: CampaignView): Promise<CallView[] | undefined> {
  const calls = await api.all<CallView>(`/v1/calls?campaignId=${campaign.id}`);
  const open = calls.filter((call) => !ENDED.has(call.status) || (call.status === 'completed' && !call.analysis));
  const { openReservations } = await api.get<LedgerChecks>('/v1/ledger/checks');
  progress(`${open.length} calls open, ${openReservations} reservations open`);
  return open.length === 0 && openReservations === 0 ? calls : undefined;
}

// Nothing left to publish, and nothing handled between two looks: the events have run their course.
async function quiet(journey: Journey): Promise<void> {
  let before = '';
  await waitFor('the events to come to rest', async () => {
    const states = await backbone(journey);
    const now = JSON.stringify(states.map(({ published, handled }) => [published, handled]));
    const still = now === before && states.every(({ unpublished }) => unpublished === 0);
    before = now;
    return still;
  });
}

/** What every service published and handled for this tenant. */
export function backbone({ api }: Journey): Promise<BackboneStatus[]> {
  return Promise.all(SERVICES.map((service) => api.get<BackboneStatus>(`/v1/platform/services/${service}/events`)));
}
