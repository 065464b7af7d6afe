import type { CallView, CampaignView, EnrolmentView, LeadView, LedgerChecks, LedgerTransactionView, WalletView } from '#leadwire/contracts';
import { compareDecimals, subtractDecimals } from '#leadwire/kernel';
import { keptMails, type Answers } from './answer-mails.js';
import type { Journey } from './journey.js';
import type { Invariant } from './report.js';

/** A call as the local carrier remembers it. */
interface PlacedCall {
  sid: string;
  to: string;
  statusCallback: string;
}

/** What must be true at the end, each asked of whoever knows: the ledger, the outboxes, the mail server, the carrier. */
export async function checkInvariants(journey: Journey, campaign: CampaignView, calls: CallView[], answers: Answers): Promise<Invariant[]> {
  return [
    importAddsUp(journey),
    ...(await booksHold(journey)),
    statementContiguous(await journey.api.all<LedgerTransactionView>('/v1/wallet/transactions')),
    ...eventsAtRest(journey),
    ...(await outsideWorld(journey, campaign, calls, answers)),
  ];
}

function importAddsUp({ report }: Journey): Invariant {
  const { rowsRead, imported, updated, rejected } = report.import!;
  return check('imported + updated + rejected = rows read', imported + updated + rejected === rowsRead, `${imported} + ${updated} + ${rejected} = ${rowsRead}`);
}

async function booksHold({ api }: Journey): Promise<Invariant[]> {
  const books = await api.get<LedgerChecks>('/v1/ledger/checks');
  const wallet = await api.get<WalletView>('/v1/wallet');
  const due = subtractDecimals(books.funded, books.spent);
  return [
    ...books.checks.map(({ name, holds, detail }) => check(`ledger: ${name}`, holds, detail)),
    check('balance = funded − spent', compareDecimals(due, wallet.currentBalance) === 0, `${books.funded} − ${books.spent} = ${wallet.currentBalance}`),
    check('no reservation open', books.openReservations === 0 && compareDecimals(wallet.reservedBalance, '0') === 0, `${books.openReservations} open`),
  ];
}

function statementContiguous(rows: LedgerTransactionView[]): Invariant {
  const broken = rows.filter((row, i) => row.sequence !== i + 1 || (i > 0 && compareDecimals(row.balanceBefore, rows[i - 1]!.balanceAfter) !== 0));
  return check('the statement is contiguous', rows.length > 0 && broken.length === 0, `${rows.length} transactions, ${broken.length} breaks`);
}

function eventsAtRest({ report }: Journey): Invariant[] {
  const sum = (pick: 'unpublished' | 'deadLetters') => report.services.reduce((total, service) => total + service[pick], 0);
  return [
    check('the outboxes are empty', sum('unpublished') === 0, `${sum('unpublished')} unpublished`),
    check('no dead letters', sum('deadLetters') === 0, `${sum('deadLetters')} dead letters`),
  ];
}

async function outsideWorld(journey: Journey, campaign: CampaignView, calls: CallView[], answers: Answers): Promise<Invariant[]> {
  const { api, carrier, report, options } = journey;
  const mails = await keptMails(journey);
  const placed = (await carrier.get<{ calls: PlacedCall[] }>('/_local/calls')).calls;
  const matching = await leadsMatching(journey, campaign);
  const enrolments = await api.all<EnrolmentView>(`/v1/campaigns/${campaign.id}/leads`);
  const quietOnes = new Set([...answers.unsubscribed, ...answers.replied]);
  const spared = new Set(enrolments.filter((one) => quietOnes.has(one.email ?? '')).map((one) => one.phone));
  const calledAnyway = placed.filter((call) => spared.has(call.to));
  const twiceMailed = repeated(mails.map((mail) => mail.envelope.to[0]!));
  const twiceCalled = repeated(placed.map((call) => call.statusCallback)).concat(repeated(placed.map((call) => call.to)));
  const known = new Set(calls.map((call) => call.to));
  return [
    check('every lead of the segment is enrolled once', enrolments.length === Math.min(options.segmentSize, matching) && repeated(enrolments.map((one) => one.leadId)).length === 0, `${enrolments.length} enrolments`),
    check('every mail that was booked as sent arrived', mails.length === report.campaign!.mailsSent, `${mails.length} at the mail server, ${report.campaign!.mailsSent} sent`),
    check('no mail was sent twice (asked of the mail server)', twiceMailed.length === 0, `${mails.length} mails, ${twiceMailed.length} repeated`),
    check('no call was placed twice (asked of the carrier)', placed.length > 0 && twiceCalled.length === 0, `${placed.length} calls, ${twiceCalled.length} repeated`),
    check('every call at the carrier is one of ours', placed.every((call) => known.has(call.to)), `${placed.length} at the carrier, ${calls.length} here`),
    check('nobody was called who unsubscribed or replied', spared.size === quietOnes.size && calledAnyway.length === 0, `${spared.size} spared, ${calledAnyway.length} called`),
    check('a lead without the template\'s variable was held, not mailed', held(enrolments, mails.map((mail) => mail.envelope.to[0]!)), `${report.campaign!.held} held`),
  ];
}

// The filter looks at fields that the journey does not change, so it still finds whom it found at the start.
async function leadsMatching({ api }: Journey, { segment }: CampaignView): Promise<number> {
  const query = new URLSearchParams(Object.entries(segment.filter).map(([name, value]): [string, string] => [name, String(value)]));
  return (await api.all<LeadView>(`/v1/leads?${query}`)).length;
}

function held(enrolments: EnrolmentView[], mailed: string[]): boolean {
  const got = new Set(mailed);
  return enrolments.filter((one) => one.status === 'held').every((one) => !got.has(one.email ?? ''));
}

function repeated(values: string[]): string[] {
  const seen = new Set<string>();
  return values.filter((value) => seen.size === seen.add(value).size);
}

function check(name: string, holds: boolean, seen: string): Invariant {
  return { name, holds, seen };
}
