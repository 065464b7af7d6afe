import type { BookingView, CallView, LeadView, Page, Spend, TimelineEntry, WalletView } from '#leadwire/contracts';
import { backbone } from './follow-calls.js';
import type { Journey } from './journey.js';

const TOP = 5;

/** Collects what came of it all: outcomes, spend, balance, bookings, top leads, events per service. */
export async function gatherResults(journey: Journey, calls: CallView[]): Promise<string> {
  const { api, report } = journey;
  report.callsByOutcome = tally(calls.map((call) => call.status));
  report.callsByDisposition = tally(calls.flatMap((call) => call.analysis?.disposition ?? []));
  report.bookings = (await api.all<BookingView>('/v1/bookings')).length;
  const spend = await api.get<Spend>('/v1/spend');
  report.spend = spend.lines;
  report.totalSpend = spend.totalPrice;
  report.balance = (await api.get<WalletView>('/v1/wallet')).currentBalance;
  report.topLeads = (await api.get<Page<LeadView>>(`/v1/leads?sort=score&limit=${TOP}`)).items;
  report.services = await backbone(journey);
  const moved = report.topLeads.filter((lead) => lead.stage !== 'new').length;
  const timeline = await api.get<Page<TimelineEntry>>(`/v1/leads/${report.topLeads[0]!.id}/timeline`);
  return `${report.bookings} bookings made, ${moved} of the top ${TOP} leads moved on, ${timeline.items.length} entries in the first one's timeline`;
}

function tally(values: string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return Object.fromEntries(Object.entries(counts).sort(([, a], [, b]) => b - a));
}
