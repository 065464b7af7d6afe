import { answerMails } from './journey/answer-mails.js';
import { ApiClient } from './journey/api-client.js';
import { checkInvariants } from './journey/check-invariants.js';
import { followCalls } from './journey/follow-calls.js';
import { fundWallet } from './journey/fund-wallet.js';
import { gatherResults } from './journey/gather-results.js';
import { importLeads } from './journey/import-leads.js';
import type { Journey, JourneyOptions } from './journey/journey.js';
import { emptyReport, type Report } from './journey/report.js';
import { searchLeads } from './journey/search-leads.js';
import { signUp } from './journey/sign-up.js';
import { StandIn } from './journey/stand-in.js';
import { startCampaign } from './journey/start-campaign.js';
import { step } from './journey/step.js';

/** Plays the whole journey as an outside client, over the gateway's HTTP API only, and reports what came of it. */
export async function playJourney(options: JourneyOptions): Promise<Report> {
  const journey: Journey = {
    options,
    api: new ApiClient(options.url),
    mail: new StandIn(options.mailUrl),
    carrier: new StandIn(options.carrierUrl),
    payments: new StandIn(options.paymentsUrl),
    report: emptyReport(),
  };
  const { report } = journey;
  await step(journey, 'journey', async () => {
    await step(journey, 'sign-up', () => signUp(journey));
    await step(journey, 'import', () => importLeads(journey));
    await step(journey, 'search', () => searchLeads(journey));
    await step(journey, 'fund', () => fundWallet(journey));
    await campaignAndCalls(journey);
    return 'done';
  });
  return report;
}

async function campaignAndCalls(journey: Journey): Promise<void> {
  const { report, options } = journey;
  const campaign = await startCampaign(journey);
  let answers = { unsubscribed: [] as string[], replied: [] as string[] };
  await step(journey, 'mail', async () => {
    answers = await answerMails(journey, campaign);
    return `${answers.unsubscribed.length} unsubscribed by one click, ${answers.replied.length} replied`;
  });
  let calls: Awaited<ReturnType<typeof followCalls>> = [];
  await step(journey, 'calls', async () => {
    calls = await followCalls(journey, campaign);
    return `${calls.length} calls placed, read and settled`;
  });
  await options.observer.finished();
  await step(journey, 'results', () => gatherResults(journey, calls));
  await step(journey, 'check', async () => {
    report.invariants = await checkInvariants(journey, campaign, calls, answers);
    return `${report.invariants.filter(({ holds }) => holds).length} of ${report.invariants.length} invariants hold`;
  });
}
