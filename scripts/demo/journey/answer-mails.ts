import type { CampaignView } from '#leadwire/contracts';
import { createTransport } from 'nodemailer';
import type { Journey } from './journey.js';
import { progress } from './step.js';
import { waitFor } from './wait-for.js';

const UNSUBSCRIBERS = 3;
const REPLIERS = 2;
const ENOUGH_TO_INTERFERE = 30;

/** A mail as the local mail server keeps it. */
export interface KeptMail {
  messageId: string;
  subject: string;
  envelope: { from: string; to: string[] };
  headers: Record<string, string | undefined>;
}

/** Who answered, and how: their addresses. */
export interface Answers {
  unsubscribed: string[];
  replied: string[];
}

/** Plays the recipients: as soon as mails arrive three unsubscribe by one click, two reply; then waits for all mails. */
export async function answerMails(journey: Journey, campaign: CampaignView): Promise<Answers> {
  const first = await waitFor('the first mails', async () => {
    const mails = await keptMails(journey);
    return (mails.length >= UNSUBSCRIBERS + REPLIERS || (await everyMailLeft(journey, campaign))) && mails;
  });
  const unsubscribers = first.slice(0, UNSUBSCRIBERS);
  const repliers = first.slice(UNSUBSCRIBERS, UNSUBSCRIBERS + REPLIERS);
  for (const mail of unsubscribers) await unsubscribe(mail);
  for (const mail of repliers) await reply(journey, mail);
  await waitFor('every mail to leave', () => everyMailLeft(journey, campaign));
  await waitFor('the answers to arrive', async () => {
    const { progress: now } = await journey.api.get<CampaignView>(`/v1/campaigns/${campaign.id}`);
    return now.replies >= repliers.length && now.unsubscribes >= unsubscribers.length;
  });
  return { unsubscribed: unsubscribers.map((mail) => mail.envelope.to[0]!), replied: repliers.map((mail) => mail.envelope.to[0]!) };
}

/** Every mail the local mail server has accepted for a lead. */
export async function keptMails({ mail }: Journey): Promise<KeptMail[]> {
  const { messages } = await mail.get<{ messages: KeptMail[] }>('/_local/messages?limit=100000');
  return messages.filter((message) => message.headers['list-unsubscribe'] !== undefined);
}

// RFC 8058: a POST of exactly this body to the https (here http) address in List-Unsubscribe.
async function unsubscribe(mail: KeptMail): Promise<void> {
  const url = /<(https?:[^>]+)>/.exec(mail.headers['list-unsubscribe']!)![1]!;
  await waitFor('the unsubscription', async () => {
    const answer = await fetch(url, { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) }).catch(() => undefined);
    return answer?.ok;
  });
}

async function reply({ options }: Journey, mail: KeptMail): Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port: options.mailSmtpPort, secure: false, ignoreTLS: true });
  await transport.sendMail({
    from: mail.envelope.to[0]!,
    to: mail.headers['reply-to'] ?? mail.envelope.from,
    subject: `Re: ${mail.subject}`,
    inReplyTo: mail.messageId,
    references: [mail.messageId],
    text: 'Thanks, please send me the details by mail.',
  });
  transport.close();
}

async function everyMailLeft({ api, options }: Journey, campaign: CampaignView): Promise<boolean> {
  const { status, progress: now } = await api.get<CampaignView>(`/v1/campaigns/${campaign.id}`);
  progress(`${now.enrolled} enrolled, ${now.mailsSent} mails sent, ${now.held} held`);
  if (now.mailsSent >= ENOUGH_TO_INTERFERE) options.observer.reached('mailing');
  return status === 'completed' || (now.enrolled > 0 && now.mailsSent + now.held + now.failed >= now.enrolled);
}
