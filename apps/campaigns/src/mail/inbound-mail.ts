import PostalMime, { type Address, type Email } from 'postal-mime';
import { textOfHtml } from './html-text.js';

export interface InboundMail {
  from: string;
  /** Where it was delivered first, then who it was written to; without repetition. */
  to: string[];
  messageId: string | null;
  /** Message-ID of what it answers, with its angle brackets. */
  inReplyTo: string | null;
  /** Oldest first. */
  references: string[];
  subject: string;
  text: string;
  /** Written by a machine (RFC 3834): out of office, auto-responder, delivery report. */
  isAutoReply: boolean;
  /** A delivery status notification: something we sent did not arrive. */
  isBounce: boolean;
}

export interface UnreadableMail {
  failed: 'malformed';
  message: string;
}

/** Reads a raw message as it came by SMTP or a webhook. Addresses come in lower case. */
export async function parseInbound(raw: Buffer): Promise<InboundMail | UnreadableMail> {
  try {
    const mail = await PostalMime.parse(raw);
    const from = addresses(mail.from ? [mail.from] : mail.sender ? [mail.sender] : [])[0];
    if (!from) return { failed: 'malformed', message: 'the message names no sender' };
    const isBounce = bounced(mail, from);
    return {
      from,
      to: [
        ...new Set(
          addresses([{ name: '', address: mail.deliveredTo ?? '' }, ...(mail.to ?? []), ...(mail.cc ?? [])]),
        ),
      ],
      messageId: mail.messageId ?? null,
      inReplyTo: messageIds(mail.inReplyTo)[0] ?? null,
      references: messageIds(mail.references),
      subject: mail.subject ?? '',
      text: mail.text ?? textOfHtml(mail.html ?? ''),
      isAutoReply: isBounce || automatic(mail),
      isBounce,
    };
  } catch (error) {
    return { failed: 'malformed', message: error instanceof Error ? error.message : String(error) };
  }
}

const outOfOffice =
  /^\s*(auto(matic)?[ -]?(reply|response)|autoreply|out of (the )?office|abwesenheitsnotiz|automatische antwort|réponse automatique|respuesta automática|risposta automatica)\b/i;

function automatic(mail: Email): boolean {
  const submitted = header(mail, 'auto-submitted')?.toLowerCase();
  if (submitted && !/^no\b/.test(submitted)) return true;
  if (
    ['x-autoreply', 'x-autorespond', 'x-autoresponder'].some((name) => (header(mail, name) ?? 'no') !== 'no')
  )
    return true;
  return header(mail, 'precedence')?.toLowerCase() === 'auto_reply' || outOfOffice.test(mail.subject ?? '');
}

function bounced(mail: Email, from: string): boolean {
  const type = header(mail, 'content-type')?.toLowerCase() ?? '';
  if (type.startsWith('multipart/report') && type.includes('delivery-status')) return true;
  return header(mail, 'return-path') === '<>' && /^(mailer-daemon|postmaster)@/.test(from);
}

function header(mail: Email, name: string): string | undefined {
  return mail.headers.find(({ key }) => key === name)?.value.trim();
}

function addresses(list: Address[]): string[] {
  const flat = list.flatMap((entry) => (entry.group ? entry.group : [entry]));
  return flat
    .map(({ address }) => address.replace(/^<|>$/g, '').toLowerCase())
    .filter((address) => address !== '');
}

function messageIds(text: string | undefined): string[] {
  return text?.match(/<[^<>\s]+>/g) ?? [];
}
