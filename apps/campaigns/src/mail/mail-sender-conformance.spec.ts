import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeliveryLookup } from './delivery-lookup.port.js';
import { NoDeliveryLookup } from './delivery-lookup.port.js';
import { HttpDeliveryLookup } from './http-delivery-lookup.js';
import { startLocalMail } from './local-mail/mail-server.js';
import type { MailSender, OutgoingMail } from './mail-sender.port.js';
import { SmtpMailSender } from './smtp-mail-sender.js';

interface Setting {
  sender: MailSender;
  lookup: DeliveryLookup;
  url: string;
  smtpUrl: string;
  close(): Promise<void>;
}

interface Seen {
  id: string;
  messageId: string;
  envelope: { from: string; to: string[] };
  headers: Record<string, string>;
}

async function atTheLocalProcess(): Promise<Setting> {
  const config = { host: '127.0.0.1', smtpPort: 0, httpPort: 0, inbound: null, storeFile: null };
  const local = await startLocalMail(config);
  const sender = new SmtpMailSender({ url: local.smtpUrl, poolSize: 4 });
  const close = async () => {
    sender.close();
    await local.close();
  };
  return { sender, lookup: new HttpDeliveryLookup(local.url), url: local.url, smtpUrl: local.smtpUrl, close };
}

let count = 0;
const mail = (to: string, change: Partial<OutgoingMail> = {}): OutgoingMail => ({
  messageId: `<m${++count}.test@mail.leadwire.example>`,
  from: { address: 'ava@leadwire.example', name: 'Ava Ünal' },
  to: { address: to, name: 'Lee, J.' },
  subject: 'Grüße & a question',
  text: 'Hello,\n.\na line with one dot above.',
  ...change,
});

describe.each([{ name: 'SmtpMailSender at the local process', start: atTheLocalProcess }])(
  'MailSender: $name',
  ({ start }) => {
    let setting: Setting;

    beforeAll(async () => {
      setting = await start();
    });

    afterAll(() => setting.close());

    const seen = async (messageId: string): Promise<Seen[]> => {
      const url = `${setting.url}/_local/messages?messageId=${encodeURIComponent(messageId)}`;
      return ((await (await fetch(url)).json()) as { messages: Seen[] }).messages;
    };
    const raw = async (id: string) => (await fetch(`${setting.url}/_local/messages/${id}/raw`)).text();

    it('delivers a message with its own id, its parts, and a way to unsubscribe with one click', async () => {
      const url = `https://app.example/u/${'x'.repeat(120)}?campaign=1&lead=2`;
      const unsubscribe = { listUnsubscribeUrl: url, listUnsubscribeMailto: 'out@leadwire.example' };
      const replyTo = { address: 'reply+7@in.leadwire.example' };
      const sent = mail('Lee@Customer.example', {
        ...unsubscribe,
        html: '<p>Hello</p>',
        headers: { 'X-Campaign': 'c-1' },
        replyTo,
      });
      const result = await setting.sender.send(sent);
      expect(result).toEqual({ accepted: true, response: expect.stringMatching(/^250 OK: queued as /) });
      const [found, ...more] = await seen(sent.messageId);
      expect(more).toEqual([]);
      expect(found).toMatchObject({
        messageId: sent.messageId,
        envelope: { from: 'ava@leadwire.example', to: ['lee@customer.example'] },
        headers: {
          'list-unsubscribe': `<mailto:out@leadwire.example>, <${url}>`,
          'list-unsubscribe-post': 'List-Unsubscribe=One-Click',
          'x-campaign': 'c-1',
          'reply-to': 'reply+7@in.leadwire.example',
        },
      });
      const text = await raw(found!.id);
      expect(text).toContain('multipart/alternative');
      expect(text).toContain('Hello,\r\n.\r\na line with one dot above.');
    });

    it('adds no unsubscribe header that nobody asked for, and no header by way of a value', async () => {
      const sent = mail('plain@customer.example', { subject: 'Hi\r\nBcc: everybody@customer.example' });
      await setting.sender.send(sent);
      const [found] = await seen(sent.messageId);
      expect(found!.headers['list-unsubscribe']).toBeUndefined();
      expect(found!.headers['list-unsubscribe-post']).toBeUndefined();
      expect(found!.headers.bcc).toBeUndefined();
      expect(found!.envelope.to).toEqual(['plain@customer.example']);
    });

    it('tells a refusal for good from one for now', async () => {
      const refused = mail('bounce-5xx@customer.example');
      expect(await setting.sender.send(refused)).toMatchObject({ failed: 'rejected', code: '550' });
      expect(await seen(refused.messageId)).toEqual([]);
      const grey = mail(`greylist+${Date.now()}@customer.example`);
      expect(await setting.sender.send(grey)).toMatchObject({ failed: 'temporary', code: '451' });
      expect(await setting.sender.send(grey)).toMatchObject({ accepted: true });
      expect(await seen(grey.messageId)).toHaveLength(1);
    });

    it.each(['nobody', '', 'a@b@c d'])('does not accept the address "%s"', async (address) => {
      expect(await setting.sender.send(mail(address))).toMatchObject({ failed: 'rejected' });
    });

    it('calls the outcome unknown when the line breaks after the body, sends nothing twice, and can look it up', async () => {
      const kept = mail('drop@customer.example');
      expect(await setting.sender.send(kept)).toMatchObject({ failed: 'unknown-outcome' });
      expect(await setting.lookup.find(kept.messageId)).toBe('accepted');
      expect(await seen(kept.messageId)).toHaveLength(1);
      const lost = mail('vanish@customer.example');
      expect(await setting.sender.send(lost)).toMatchObject({ failed: 'unknown-outcome' });
      expect(await setting.lookup.find(lost.messageId)).toBe('not-found');
    });

    it('goes on after a broken line', async () => {
      const results = await Promise.all([
        setting.sender.send(mail('drop@customer.example')),
        ...Array.from({ length: 20 }, (_, n) => setting.sender.send(mail(`after-${n}@customer.example`))),
      ]);
      expect(results.filter((result) => 'accepted' in result)).toHaveLength(20);
    });

    it('sends three hundred messages through its pool, each once', async () => {
      const mails = Array.from({ length: 300 }, (_, n) => mail(`many-${n}@customer.example`));
      const results = await Promise.all(mails.map((one) => setting.sender.send(one)));
      expect(results.every((result) => 'accepted' in result)).toBe(true);
      const { messages } = (await (await fetch(`${setting.url}/_local/messages?limit=10000`)).json()) as {
        messages: Seen[];
      };
      const ids = messages
        .filter(({ envelope }) => envelope.to[0]!.startsWith('many-'))
        .map(({ messageId }) => messageId);
      expect(ids.sort()).toEqual(mails.map(({ messageId }) => messageId).sort());
    });

    it('does not send one message twice at the same time', async () => {
      const one = mail('twin@customer.example');
      const results = await Promise.all([setting.sender.send(one), setting.sender.send(one)]);
      expect(results.filter((result) => 'accepted' in result)).toHaveLength(1);
      expect(await seen(one.messageId)).toHaveLength(1);
    });
  },
);

describe('a server that misbehaves', () => {
  const listen = async (
    onConnection: (socket: Socket) => void,
  ): Promise<{ server: Server; sender: SmtpMailSender }> => {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      onConnection(socket);
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const url = `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return { server, sender: new SmtpMailSender({ url, timeoutMs: 300 }) };
  };
  /** Answers each command by its first word; after 354 answers `afterBody`, or cuts the line on null. */
  const scripted = (replies: Record<string, string>, afterBody: string | null) => (socket: Socket) => {
    let inBody = false;
    socket.write('220 ready\r\n');
    socket.on('data', (chunk) => {
      if (inBody && chunk.toString().endsWith('\r\n.\r\n'))
        return afterBody === null ? socket.destroy() : socket.write(afterBody);
      if (inBody) return;
      for (const line of chunk.toString().split('\r\n').filter(Boolean)) {
        const reply = replies[line.split(/[ :]/)[0]!.toUpperCase()] ?? '250 OK\r\n';
        if (reply === 'cut') return socket.destroy();
        inBody ||= reply.startsWith('354');
        socket.write(reply);
      }
    });
  };
  const take = { DATA: '354 go on\r\n' };

  it.each([
    {
      why: 'cuts the line before any greeting',
      serve: (socket: Socket) => void socket.destroy(),
      failed: 'unavailable',
    },
    { why: 'says nothing at all', serve: () => {}, failed: 'unavailable' },
    {
      why: 'refuses everybody',
      serve: (socket: Socket) => void socket.end('554 go away\r\n'),
      failed: 'unavailable',
    },
    { why: 'cuts the line at MAIL FROM', serve: scripted({ MAIL: 'cut' }, ''), failed: 'unavailable' },
    { why: 'cuts the line at DATA', serve: scripted({ DATA: 'cut' }, ''), failed: 'unavailable' },
    { why: 'refuses DATA for now', serve: scripted({ DATA: '452 full\r\n' }, ''), failed: 'temporary' },
    { why: 'refuses the body', serve: scripted(take, '554 spam\r\n'), failed: 'rejected' },
    { why: 'puts the body off', serve: scripted(take, '451 later\r\n'), failed: 'temporary' },
    { why: 'closes down on the body', serve: scripted(take, '421 closing\r\n'), failed: 'temporary' },
    { why: 'cuts the line after the body', serve: scripted(take, null), failed: 'unknown-outcome' },
    { why: 'never answers to the body', serve: scripted(take, ''), failed: 'unknown-outcome' },
  ])('$why: $failed', async ({ serve, failed }) => {
    const { server, sender } = await listen(serve);
    expect(await sender.send(mail('lee@customer.example'))).toMatchObject({ failed });
    sender.close();
    server.close();
  });

  it('is not there: unavailable', async () => {
    const { server, sender } = await listen(() => {});
    await new Promise((closed) => server.close(closed));
    expect(await sender.send(mail('lee@customer.example'))).toMatchObject({ failed: 'unavailable' });
    sender.close();
  });
});

describe('looking a delivery up', () => {
  it('says unsupported for bare SMTP, and unavailable when nobody answers', async () => {
    expect(await new NoDeliveryLookup().find()).toBe('unsupported');
    const server = createServer((socket) => void socket.destroy());
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const lookup = new HttpDeliveryLookup(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    expect(await lookup.find('<x@y>')).toBe('unavailable');
    server.close();
  });
});
