import type { Readable } from 'node:stream';
import nodemailer from 'nodemailer';
import type { AcceptedMail, MailFailure, MailSender, OutgoingMail } from './mail-sender.port.js';
import { mailFailureFrom } from './smtp-failure.js';

export interface SmtpMailSenderOptions {
  /** `smtp://user:password@host:587` or `smtps://…`; or host, port, user, password and secure. */
  url?: string;
  host?: string;
  port?: number;
  user?: string;
  password?: string;
  /** TLS from the first byte. Without it STARTTLS is used where the server offers it. */
  secure?: boolean;
  /** Connections at once, 5 when not given. */
  poolSize?: number;
  /** Messages a second, unlimited when not given. */
  messagesPerSecond?: number;
  /** Milliseconds of silence before a connection is given up, 60,000 when not given. */
  timeoutMs?: number;
}

export class SmtpMailSender implements MailSender {
  private readonly transport: ReturnType<typeof pooled>;
  /** The body streams of each message under way, one for every attempt of the pool. */
  private readonly bodies = new Map<string, Readable[]>();

  constructor(options: SmtpMailSenderOptions) {
    this.transport = pooled(options);
    this.transport.use('stream', (mail, done) => {
      const { message } = mail;
      const create = message.createReadStream.bind(message);
      message.createReadStream = (given) => {
        const body = create(given);
        this.bodies.get(message.messageId())?.push(body);
        return body;
      };
      done();
    });
  }

  async send(mail: OutgoingMail): Promise<AcceptedMail | MailFailure> {
    const messageId = `<${mail.messageId.replace(/^<|>$/g, '')}>`;
    if (this.bodies.has(messageId))
      return { failed: 'temporary', code: 'EBUSY', message: `${messageId} is being sent` };
    const attempts: Readable[] = [];
    this.bodies.set(messageId, attempts);
    try {
      const { response } = await this.transport.sendMail(composed(mail, messageId));
      return { accepted: true, response };
    } catch (error) {
      // Read is sent: the connection reads from the body only once the server has taken DATA.
      return mailFailureFrom(
        error,
        attempts.some((body) => body.readableDidRead),
      );
    } finally {
      this.bodies.delete(messageId);
    }
  }

  close(): void {
    this.transport.close();
  }
}

function pooled({ url, user, password, timeoutMs = 60_000, ...options }: SmtpMailSenderOptions) {
  const address = url ? new URL(url) : undefined;
  const login = user ?? (address?.username ? decodeURIComponent(address.username) : undefined);
  const secret = password ?? (address ? decodeURIComponent(address.password) : '');
  const secure = options.secure ?? address?.protocol === 'smtps:';
  return nodemailer.createTransport({
    pool: true,
    host: options.host ?? address?.hostname,
    port: options.port ?? (Number(address?.port) || (secure ? 465 : 587)),
    secure,
    ...(login === undefined ? {} : { auth: { user: login, pass: secret } }),
    maxConnections: options.poolSize ?? 5,
    ...(options.messagesPerSecond ? { rateLimit: options.messagesPerSecond, rateDelta: 1000 } : {}),
    // One more attempt, which the pool makes only when not a byte of the body has left.
    maxRequeues: 1,
    connectionTimeout: Math.min(timeoutMs, 15_000),
    greetingTimeout: Math.min(timeoutMs, 15_000),
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

function composed(mail: OutgoingMail, messageId: string) {
  const { from, to, replyTo, subject, text, html, headers } = mail;
  const named = ({ address, name = '' }: { address: string; name?: string }) => ({ address, name });
  return {
    messageId,
    from: named(from),
    to: [named(to)],
    ...(replyTo ? { replyTo: named(replyTo) } : {}),
    envelope: { from: from.address, to: [to.address] },
    subject,
    text,
    ...(html === undefined ? {} : { html }),
    headers: { ...headers, ...unsubscribeHeaders(mail) },
  };
}

// RFC 8058: the one-click header only beside an https (or, locally, http) address that takes the POST.
function unsubscribeHeaders({
  listUnsubscribeUrl,
  listUnsubscribeMailto,
}: OutgoingMail): Record<string, string> {
  const ways = [
    listUnsubscribeMailto && `<mailto:${listUnsubscribeMailto}>`,
    listUnsubscribeUrl && `<${listUnsubscribeUrl}>`,
  ];
  const list = ways.filter(Boolean).join(', ');
  return {
    ...(list ? { 'List-Unsubscribe': list } : {}),
    ...(listUnsubscribeUrl ? { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } : {}),
  };
}
