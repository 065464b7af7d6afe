import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseInbound } from '../inbound-mail.js';
import { SmtpMailSender } from '../smtp-mail-sender.js';
import { verifyInboundSignature } from '../standard-webhook.js';
import { startLocalMail, type RunningLocalMail } from './mail-server.js';

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
let receiver: Server;
let received: { headers: Record<string, string>; body: Buffer }[];
let answers: number[];
let folder: string;
let running: RunningLocalMail[];
let senders: SmtpMailSender[];

beforeEach(async () => {
  [received, answers, running, senders] = [[], [], [], []];
  folder = await mkdtemp(join(tmpdir(), 'local-mail-'));
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ headers: request.headers as Record<string, string>, body: Buffer.concat(chunks) });
      response.writeHead(answers.shift() ?? 202).end();
    });
  });
  await new Promise<void>((ready) => receiver.listen(0, '127.0.0.1', ready));
});

afterEach(async () => {
  for (const sender of senders) sender.close();
  await Promise.all(running.map((mail) => mail.close()));
  receiver.closeAllConnections();
  await new Promise((closed) => receiver.close(closed));
  await rm(folder, { recursive: true });
});

async function start(storeFile: string | null = null) {
  const webhookUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/inbound`;
  const inbound = { domain: 'in.leadwire.example', webhookUrl, secret };
  const mail = await startLocalMail({ host: '127.0.0.1', smtpPort: 0, httpPort: 0, inbound, storeFile });
  const sender = new SmtpMailSender({ url: mail.smtpUrl });
  running.push(mail);
  senders.push(sender);
  const send = (to: string, messageId: string) =>
    sender.send({
      messageId,
      from: { address: 'lee@customer.example' },
      to: { address: to },
      subject: 'Re: Hi',
      text: 'Yes!',
    });
  return { mail, send };
}

async function until(met: () => boolean | Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 10_000; !(await met());) {
    if (Date.now() > deadline) throw new Error('waited 10 s in vain');
    await new Promise((wake) => setTimeout(wake, 10));
  }
}

describe('mail for our own domain', () => {
  it('is brought to the webhook, signed and readable, until it answers 2xx', async () => {
    answers = [503, 500];
    const { mail, send } = await start();
    expect(await send('Reply+7@in.leadwire.example', '<r1@customer.example>')).toMatchObject({
      accepted: true,
    });
    expect(await send('somebody@else.example', '<r2@customer.example>')).toMatchObject({ accepted: true });
    const settled = async () => {
      const counts = (await (await fetch(`${mail.url}/_local/inbound`)).json()) as {
        pending: number;
        delivered: number;
      };
      return counts.pending === 0 && counts.delivered === 1;
    };
    await until(settled);
    expect(received).toHaveLength(3);
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    for (const { headers, body } of received) {
      expect(headers['content-type']).toBe('message/rfc822');
      expect(verifyInboundSignature(body, headers, secret)).toEqual({ id: headers['webhook-id'] });
    }
    expect(await parseInbound(received[0]!.body)).toMatchObject({
      from: 'lee@customer.example',
      to: ['reply+7@in.leadwire.example'],
      messageId: '<r1@customer.example>',
      text: 'Yes!\n',
    });
  });
});

describe('the store', () => {
  const count = async ({ url }: RunningLocalMail) =>
    (await (await fetch(`${url}/_local/messages/count`)).json()) as object;

  it('answers by recipient and by message id, with a limit', async () => {
    const { mail, send } = await start();
    for (const n of [1, 2, 3]) await send(`p${n % 2}@customer.example`, `<n${n}@customer.example>`);
    const ask = async (query: string) => {
      const answer = (await (await fetch(`${mail.url}/_local/messages?${query}`)).json()) as {
        total: number;
        messages: { messageId: string }[];
      };
      return { total: answer.total, ids: answer.messages.map(({ messageId }) => messageId) };
    };
    expect(await ask('to=P1@customer.example')).toEqual({
      total: 2,
      ids: ['<n1@customer.example>', '<n3@customer.example>'],
    });
    expect(await ask('messageId=n2@customer.example')).toEqual({ total: 1, ids: ['<n2@customer.example>'] });
    expect(await ask('limit=1')).toEqual({ total: 3, ids: ['<n1@customer.example>'] });
    expect((await fetch(`${mail.url}/_local/messages?limit=some`)).status).toBe(400);
    expect((await fetch(`${mail.url}/_local/messages/none/raw`)).status).toBe(404);
  });

  it('keeps every message over a restart, even one that broke off in the middle of a line', async () => {
    const file = join(folder, 'mail.ndjson');
    const first = await start(file);
    await Promise.all([1, 2, 3].map((n) => first.send('a@customer.example', `<k${n}@customer.example>`)));
    await running.pop()!.close();
    expect((await readFile(file, 'utf8')).trim().split('\n')).toHaveLength(3);
    await appendFile(file, '{"id":"torn');
    const second = await start(file);
    expect(await count(second.mail)).toEqual({ count: 3 });
    await second.send('a@customer.example', '<k4@customer.example>');
    await running.pop()!.close();
    const third = await start(file);
    expect(await count(third.mail)).toEqual({ count: 4 });
  });
});
