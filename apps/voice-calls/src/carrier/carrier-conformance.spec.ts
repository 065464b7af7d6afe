import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parse } from 'node:querystring';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isCarrierFailure, type Carrier, type PlaceCallRequest } from './carrier.port.js';
import { outcomeOf, type CallOutcome } from './local-carrier/call-outcome.js';
import { startLocalCarrier } from './local-carrier/carrier-server.js';
import { TwilioCarrier } from './twilio-carrier.js';

const accountSid = 'AC0123456789abcdef0123456789abcdef';
const authToken = 'a-token-for-tests-only';
const seed = 'conformance';
const from = '+15005550006';

interface Callback {
  url: string;
  params: Record<string, string>;
  signature: string | undefined;
}

interface Setting {
  carrier: Carrier;
  carrierUrl: string;
  close(): Promise<void>;
}

async function atTheLocalCarrier(requestsPerSecond = 0): Promise<Setting> {
  const local = await startLocalCarrier({
    host: '127.0.0.1',
    port: 0,
    accountSid,
    authToken,
    seed,
    speed: 200,
    requestsPerSecond,
  });
  const carrier = new TwilioCarrier({ accountSid, authToken, baseUrl: local.url });
  return { carrier, carrierUrl: local.url, close: () => local.close() };
}

function numberMeeting(outcome: CallOutcome, nth = 0): string {
  const numbers = Array.from({ length: 2000 }, (_, n) => `+1415555${String(n).padStart(4, '0')}`);
  return numbers.filter((number) => outcomeOf(seed, number) === outcome)[nth]!;
}

async function until<T>(look: () => T | undefined | false | Promise<T | undefined | false>): Promise<T> {
  for (const deadline = Date.now() + 15_000; ;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > deadline) throw new Error('waited 15 s in vain');
    await new Promise((wake) => setTimeout(wake, 10));
  }
}

describe.each([{ name: 'TwilioCarrier at the local carrier', start: atTheLocalCarrier }])(
  'Carrier: $name',
  ({ start }) => {
    let setting: Setting;
    let receiver: Server;
    let base: string;
    let received: Callback[];
    let refuseNext = 0;

    beforeAll(async () => {
      setting = await start();
      received = [];
      receiver = createServer((request, response) => {
        let body = '';
        request.setEncoding('utf8').on('data', (chunk) => (body += chunk));
        request.on('end', () => {
          const refused = refuseNext > 0 && refuseNext-- > 0;
          if (!refused) {
            const params = { ...parse(body) } as Record<string, string>;
            received.push({
              url: base + request.url,
              params,
              signature: request.headers['x-twilio-signature'] as string,
            });
          }
          response.writeHead(refused ? 503 : 204).end();
        });
      });
      await new Promise<void>((listening) => receiver.listen(0, '127.0.0.1', listening));
      base = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
    });

    afterAll(async () => {
      await setting.close();
      receiver.closeAllConnections();
      await new Promise((closed) => receiver.close(closed));
    });

    const order = (callId: string, to: string, change: Partial<PlaceCallRequest> = {}): PlaceCallRequest => ({
      callId,
      from,
      to,
      twiml:
        `<Response><Start><Transcription statusCallbackUrl="${base}/heard?call=${callId}&amp;t=1"/></Start>` +
        '<Say>Hi, this is Ava &amp; I call about your request.</Say><Pause length="2"/>' +
        '<Say>Are you still looking?</Say><Say>Would you like to meet?</Say><Say>Thank you, goodbye.</Say></Response>',
      statusCallbackUrl: `${base}/status?call=${callId}`,
      timeoutSeconds: 30,
      machineDetection: 'detect-message-end',
      ...change,
    });
    const place = async (request: PlaceCallRequest) => {
      const placed = await setting.carrier.placeCall(request);
      if (isCarrierFailure(placed)) throw new Error(placed.message);
      return placed.sid;
    };
    const told = (sid: string, path: string) =>
      received.filter(({ url, params }) => params.CallSid === sid && url.startsWith(base + path));
    const ended = (sid: string) =>
      until(() => told(sid, '/status').find(({ params }) => params.CallDuration !== undefined));
    const drained = () =>
      until(
        async () =>
          ((await (await fetch(`${setting.carrierUrl}/_local/callbacks`)).json()) as { pending: number })
            .pending === 0,
      );

    it.each([
      { outcome: 'human', status: 'completed', sip: '200', answeredBy: 'human' },
      { outcome: 'voicemail', status: 'completed', sip: '200', answeredBy: 'machine_end_beep' },
      { outcome: 'no-answer', status: 'no-answer', sip: '487', answeredBy: undefined },
      { outcome: 'busy', status: 'busy', sip: '486', answeredBy: undefined },
      { outcome: 'rejected', status: 'busy', sip: '603', answeredBy: undefined },
      { outcome: 'failed', status: 'failed', sip: '404', answeredBy: undefined },
    ] as const)(
      'a call that meets $outcome ends as $status',
      async ({ outcome, status, sip, answeredBy }) => {
        const to = numberMeeting(outcome);
        const sid = await place(order(`end-${outcome}`, to));
        const { params } = await ended(sid);
        expect(params).toMatchObject({
          CallStatus: status,
          SipResponseCode: sip,
          To: to,
          From: from,
          AccountSid: accountSid,
        });
        expect(params.AnsweredBy).toBe(answeredBy);
        const fetched = await setting.carrier.fetchCall(sid);
        expect(fetched).toMatchObject({
          sid,
          status,
          to,
          from,
          durationSeconds: Number(params.CallDuration),
        });
        if (status === 'completed') expect(Number(params.CallDuration)).toBeGreaterThan(5);
        else expect(params.CallDuration).toBe('0');
      },
    );

    it('tells initiated, ringing, answered and completed, numbered in order and each signed', async () => {
      const sid = await place(order('events', numberMeeting('human', 1)));
      await ended(sid);
      await drained();
      const bySequence = new Map(
        told(sid, '/status').map(({ params }) => [params.SequenceNumber, params.CallStatus]),
      );
      expect([...bySequence].sort()).toEqual([
        ['0', 'initiated'],
        ['1', 'ringing'],
        ['2', 'in-progress'],
        ['3', 'completed'],
      ]);
      for (const callback of received) expect(setting.carrier.verifySignature(callback)).toBe(true);
    });

    it('refuses a signature of another URL, other parameters, another token, or none', async () => {
      const sid = await place(order('forged', numberMeeting('busy', 1)));
      const { url, params, signature } = await ended(sid);
      const { carrier } = setting;
      expect(carrier.verifySignature({ url, params, signature })).toBe(true);
      expect(carrier.verifySignature({ url: `${url}0`, params, signature })).toBe(false);
      expect(carrier.verifySignature({ url, params: { ...params, CallDuration: '9999' }, signature })).toBe(
        false,
      );
      expect(carrier.verifySignature({ url, params, signature: undefined })).toBe(false);
      const stranger = new TwilioCarrier({ accountSid, authToken: 'some-other-token-here' });
      expect(stranger.verifySignature({ url, params, signature })).toBe(false);
    });

    it('sends the transcript line by line, both sides, within the length of the call', async () => {
      const sid = await place(order('heard', numberMeeting('human', 2)));
      const { params: last } = await ended(sid);
      await drained();
      const lines = new Map(told(sid, '/heard').map(({ params }) => [Number(params.SequenceId), params]));
      const ordered = [...lines].sort(([a], [b]) => a - b).map(([, params]) => params);
      expect(ordered[0]!.TranscriptionEvent).toBe('transcription-started');
      expect(ordered.at(-1)!.TranscriptionEvent).toBe('transcription-stopped');
      const content = ordered.filter(
        ({ TranscriptionEvent }) => TranscriptionEvent === 'transcription-content',
      );
      const said = content.map(({ Track, TranscriptionData }) => ({
        Track,
        ...JSON.parse(TranscriptionData!),
      }));
      expect(said).toContainEqual(
        expect.objectContaining({
          Track: 'outbound_track',
          transcript: 'Hi, this is Ava & I call about your request.',
        }),
      );
      expect(said.filter(({ Track }) => Track === 'inbound_track').length).toBeGreaterThan(1);
      for (const { confidence } of said) expect(confidence).toBeGreaterThan(0.8);
      const seconds = (Date.parse(ordered.at(-1)!.Timestamp!) - Date.parse(ordered[0]!.Timestamp!)) / 1000;
      expect(Math.abs(seconds - Number(last.CallDuration))).toBeLessThanOrEqual(1);
    });

    it('finds the calls between two numbers, so that an unknown outcome can be resolved', async () => {
      const to = numberMeeting('human', 3);
      const before = new Date();
      const sids = [await place(order('find-1', to)), await place(order('find-2', to))];
      const found = await setting.carrier.findCalls({ to, from, startedAfter: before });
      if (isCarrierFailure(found)) throw new Error(found.message);
      expect(found.map(({ sid }) => sid)).toEqual(sids.reverse());
      expect(
        await setting.carrier.findCalls({ to, from, startedAfter: new Date(Date.now() + 60_000) }),
      ).toEqual([]);
      expect(await setting.carrier.findCalls({ to, from: '+15005550001', startedAfter: before })).toEqual([]);
    });

    it('pages through more calls than one page holds', async () => {
      const to = numberMeeting('failed', 1);
      const before = new Date();
      await Promise.all(Array.from({ length: 130 }, (_, n) => place(order(`page-${n}`, to))));
      const found = await setting.carrier.findCalls({ to, from, startedAfter: before });
      expect(found).toHaveLength(130);
      expect(new Set((found as { sid: string }[]).map(({ sid }) => sid)).size).toBe(130);
    });

    it('hangs up a call under way, once', async () => {
      const pause = '<Response><Say>One moment.</Say><Pause length="6000"/></Response>';
      const sid = await place(order('cut', numberMeeting('human', 4), { twiml: pause }));
      await until(() => told(sid, '/status').find(({ params }) => params.CallStatus === 'in-progress'));
      expect(await setting.carrier.hangUp(sid)).toMatchObject({ status: 'completed' });
      const { params } = await ended(sid);
      expect(Number(params.CallDuration)).toBeLessThan(6000);
      expect(await setting.carrier.hangUp(sid)).toMatchObject({ failed: 'rejected', code: '21220' });
    });

    it('cancels a call that nobody has answered yet', async () => {
      const sid = await place(order('cancel', numberMeeting('no-answer', 1), { timeoutSeconds: 600 }));
      await until(() => told(sid, '/status').find(({ params }) => params.CallStatus === 'ringing'));
      expect(await setting.carrier.hangUp(sid)).toMatchObject({ status: 'canceled' });
    });

    it('does not let a callback be lost while the receiver is down', async () => {
      refuseNext = 6;
      const sid = await place(order('down', numberMeeting('human', 5)));
      await until(() => new Set(told(sid, '/status').map(({ params }) => params.SequenceNumber)).size === 4);
      expect(refuseNext).toBe(0);
    });

    it.each([
      { fault: 'an invalid To', change: { to: '12' }, code: '21211' },
      { fault: 'an invalid From', change: { from: 'Ava' }, code: '21212' },
      { fault: 'no TwiML', change: { twiml: '' }, code: '21205' },
    ])('rejects $fault with code $code', async ({ change, code }) => {
      const result = await setting.carrier.placeCall(order('bad', numberMeeting('human'), change));
      expect(result).toMatchObject({ failed: 'rejected', code });
    });

    it('says not found for a call that never was', async () => {
      expect(await setting.carrier.fetchCall(`CA${'0'.repeat(32)}`)).toMatchObject({
        failed: 'rejected',
        code: '20404',
      });
    });

    it('rejects the wrong token', async () => {
      const stranger = new TwilioCarrier({
        accountSid,
        authToken: 'wrong-token-wrong',
        baseUrl: setting.carrierUrl,
      });
      expect(await stranger.placeCall(order('auth', numberMeeting('human')))).toMatchObject({
        failed: 'rejected',
        code: '20003',
      });
    });

    it('carries two hundred calls at once to their ends', async () => {
      const numbers = Array.from({ length: 200 }, (_, n) => `+1628555${String(n).padStart(4, '0')}`);
      const sids = await Promise.all(numbers.map((to, n) => place(order(`many-${n}`, to))));
      await Promise.all(sids.map(ended));
      const { calls } = (await (await fetch(`${setting.carrierUrl}/_local/calls`)).json()) as {
        calls: { sid: string }[];
      };
      expect(calls.filter(({ sid }) => sids.includes(sid))).toHaveLength(200);
    });

    it('repeats and reorders some callbacks on purpose', async () => {
      await drained();
      const counts = (await (await fetch(`${setting.carrierUrl}/_local/callbacks`)).json()) as Record<
        string,
        number
      >;
      expect(counts.repeated! / counts.delivered!).toBeGreaterThan(0.04);
      expect(counts.repeated! / counts.delivered!).toBeLessThan(0.16);
      expect(counts.reordered! / counts.delivered!).toBeGreaterThan(0.02);
      expect(counts.givenUp).toBe(0);
    });
  },
);

describe('what a failed request means', () => {
  const request: PlaceCallRequest = {
    callId: 'x',
    from,
    to: '+14155550000',
    twiml: '<Response/>',
    statusCallbackUrl: 'http://127.0.0.1:9/',
    timeoutSeconds: 20,
    machineDetection: 'off',
  };
  const listening = async (server: Server) => {
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  const close = (server: Server) => {
    server.closeAllConnections();
    server.close();
  };

  it('too many requests: unavailable, nothing was done', async () => {
    const { carrier, carrierUrl, close: stop } = await atTheLocalCarrier(1);
    const results = await Promise.all([1, 2, 3, 4].map(() => carrier.placeCall(request)));
    expect(results).toContainEqual(expect.objectContaining({ failed: 'unavailable', code: '20429' }));
    const { calls } = (await (await fetch(`${carrierUrl}/_local/calls`)).json()) as { calls: unknown[] };
    expect(calls).toHaveLength(results.filter((result) => !isCarrierFailure(result)).length);
    await stop();
  });

  it('nobody listens: unavailable', async () => {
    const server = createServer();
    const baseUrl = await listening(server);
    await new Promise((closed) => server.close(closed));
    const carrier = new TwilioCarrier({ accountSid, authToken, baseUrl });
    expect(await carrier.placeCall(request)).toMatchObject({ failed: 'unavailable', code: 'ECONNREFUSED' });
  });

  it('the connection breaks after the request was sent: unknown outcome, and sent once', async () => {
    let requests = 0;
    const server = createServer((incoming) => {
      requests += 1;
      incoming.resume().on('end', () => incoming.socket.destroy());
    });
    const carrier = new TwilioCarrier({ accountSid, authToken, baseUrl: await listening(server) });
    expect(await carrier.placeCall(request)).toMatchObject({ failed: 'unknown-outcome' });
    expect(requests).toBe(1);
    close(server);
  });

  it('no answer in time, or an answer 502: unknown outcome', async () => {
    const silent = createServer(() => {});
    const slow = new TwilioCarrier({
      accountSid,
      authToken,
      baseUrl: await listening(silent),
      timeoutMs: 100,
    });
    expect(await slow.placeCall(request)).toMatchObject({ failed: 'unknown-outcome' });
    const broken = createServer((_incoming, answer) => answer.writeHead(502).end('<html>'));
    const proxied = new TwilioCarrier({ accountSid, authToken, baseUrl: await listening(broken) });
    expect(await proxied.placeCall(request)).toMatchObject({ failed: 'unknown-outcome' });
    close(silent);
    close(broken);
  });
});
