import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import type { MailStore, StoredMail } from './mail-store.js';

const largestMessageBytes = 25 * 1024 * 1024;

/** Takes mail for everybody over TCP. A few local parts behave badly on purpose, for tests. */
export class SmtpListener {
  private readonly server: SMTPServer;
  private readonly greylisted = new Set<string>();

  constructor(
    private readonly store: MailStore,
    private readonly taken: (mail: StoredMail) => void,
  ) {
    this.server = new SMTPServer({
      authOptional: true,
      allowInsecureAuth: true,
      disabledCommands: ['STARTTLS'],
      disableReverseLookup: true,
      size: largestMessageBytes,
      closeTimeout: 300,
      onAuth: (auth, _session, done) => done(null, { user: auth.username ?? 'anybody' }),
      onRcptTo: ({ address }, session, done) => done(this.refusal(address.toLowerCase(), session)),
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.once('error', done);
        stream.once('end', () => {
          if (stream.sizeExceeded) return done(replyWith(552, 'Message exceeds fixed maximum message size'));
          this.take(session, Buffer.concat(chunks)).then(
            (id) => done(null, id && `OK: queued as ${id}`),
            done,
          );
        });
      },
    });
    // A client that breaks off is its own matter.
    this.server.on('error', () => {});
  }

  async listen(host: string, port: number): Promise<string> {
    const listening = this.server.listen(port, host);
    await new Promise<void>((ready, failed) => {
      listening.once('listening', ready);
      listening.once('error', failed);
    });
    return `smtp://127.0.0.1:${(listening.address() as AddressInfo).port}`;
  }

  close(): Promise<void> {
    return new Promise((closed) => this.server.close(() => closed()));
  }

  private refusal(address: string, { envelope }: SMTPServerSession): Error | null {
    if (isFor(address, 'bounce-5xx')) return replyWith(550, '5.1.1 No such user here');
    const sender = envelope.mailFrom ? envelope.mailFrom.address : '';
    const pair = `${sender} ${address}`;
    if (!isFor(address, 'greylist') || this.greylisted.has(pair)) return null;
    this.greylisted.add(pair);
    return replyWith(451, '4.7.1 Greylisted, try again later');
  }

  /** The stored id; undefined when the connection was cut instead of answered. */
  private async take(session: SMTPServerSession, raw: Buffer): Promise<string | undefined> {
    const { mailFrom, rcptTo } = session.envelope;
    const to = rcptTo.map(({ address }) => address.toLowerCase());
    const vanish = to.some((address) => isFor(address, 'vanish'));
    const mail = vanish
      ? undefined
      : await this.store.add({ from: mailFrom ? mailFrom.address : '', to }, raw);
    if (mail) this.taken(mail);
    if (!vanish && !to.some((address) => isFor(address, 'drop'))) return mail?.id;
    this.cut(session);
    return undefined;
  }

  private cut(session: SMTPServerSession): void {
    for (const connection of this.server.connections)
      if (connection.session === session) connection._socket.destroy();
  }
}

function isFor(address: string, localPart: string): boolean {
  return new RegExp(`^${localPart}(\\+[^@]*)?@`).test(address);
}

function replyWith(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}
