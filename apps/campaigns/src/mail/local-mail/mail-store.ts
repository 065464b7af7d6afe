import { randomUUID } from 'node:crypto';
import { appendFile, readFile, truncate } from 'node:fs/promises';

export interface StoredMail {
  id: string;
  receivedAt: string;
  envelope: { from: string; to: string[] };
  messageId: string | null;
  headers: Record<string, string>;
  raw: Buffer;
}

export interface MailQuery {
  to?: string;
  messageId?: string;
}

/** Every message this process ever took; with a file, also those of the processes before it. */
export class MailStore {
  private readonly mails: StoredMail[] = [];
  private written: Promise<void> = Promise.resolve();

  private constructor(private readonly file: string | null) {}

  static async open(file: string | null): Promise<MailStore> {
    const store = new MailStore(file);
    const text = file ? await readFile(file, 'utf8').catch(emptyWhenMissing) : '';
    // A process killed in the middle of a line never answered 250 for it.
    const complete = text.slice(0, text.lastIndexOf('\n') + 1);
    for (const line of complete.split('\n')) if (line) store.mails.push(fromLine(line));
    if (file && complete.length < text.length) await truncate(file, Buffer.byteLength(complete));
    return store;
  }

  /** Resolves when the message is kept: only then may the sender hear 250. */
  async add(envelope: StoredMail['envelope'], raw: Buffer): Promise<StoredMail> {
    const headers = readHeaders(raw);
    const messageId = headers['message-id'] ?? null;
    const mail = {
      id: randomUUID(),
      receivedAt: new Date().toISOString(),
      envelope,
      messageId,
      headers,
      raw,
    };
    const line = `${JSON.stringify({ ...mail, headers: undefined, raw: raw.toString('base64') })}\n`;
    const { file } = this;
    if (file) await (this.written = this.written.catch(() => {}).then(() => appendFile(file, line)));
    this.mails.push(mail);
    return mail;
  }

  get count(): number {
    return this.mails.length;
  }

  get(id: string): StoredMail | undefined {
    return this.mails.find((mail) => mail.id === id);
  }

  /** Oldest first. */
  find({ to, messageId }: MailQuery): StoredMail[] {
    const wanted = messageId?.replace(/^<|>$/g, '');
    return this.mails.filter(
      (mail) =>
        (to === undefined || mail.envelope.to.includes(to.toLowerCase())) &&
        (wanted === undefined || mail.messageId === `<${wanted}>`),
    );
  }
}

function emptyWhenMissing(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return '';
  throw error;
}

function fromLine(line: string): StoredMail {
  const { raw: base64, ...mail } = JSON.parse(line) as Omit<StoredMail, 'raw' | 'headers'> & { raw: string };
  const raw = Buffer.from(base64, 'base64');
  return { ...mail, raw, headers: readHeaders(raw) };
}

/** Header fields by lower-case name, unfolded; of a repeated one the first. */
function readHeaders(raw: Buffer): Record<string, string> {
  const end = raw.indexOf('\r\n\r\n');
  const head = raw
    .subarray(0, end < 0 ? raw.length : end)
    .toString('utf8')
    .replace(/\r\n[ \t]+/g, ' ');
  const headers: Record<string, string> = Object.create(null);
  for (const line of head.split('\r\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim().toLowerCase();
    if (colon > 0) headers[name] ??= line.slice(colon + 1).trim();
  }
  return headers;
}
