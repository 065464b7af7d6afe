import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startLocalPayments } from './local-payments/payments-server.js';
import type { Checkout, CheckoutRequest, PaymentProvider } from './payment-provider.port.js';
import { StripePayments } from './stripe-payments.js';

const secretKey = 'sk_test_conformance1';
const webhookSecret = 'whsec_conformance1';

interface Setting {
  provider: PaymentProvider;
  url: string;
  close(): Promise<void>;
}

async function atTheLocalProcess(webhookUrl: string): Promise<Setting> {
  const config = { host: '127.0.0.1', port: 0, secretKey, webhookSecret, webhookUrl, publicUrl: undefined };
  const local = await startLocalPayments(config);
  const provider = new StripePayments({ secretKey, webhookSecret, baseUrl: local.url });
  return { provider, url: local.url, close: () => local.close() };
}

async function until<T>(look: () => T | undefined | false): Promise<T> {
  for (const deadline = Date.now() + 10_000; ;) {
    const seen = look();
    if (seen) return seen;
    if (Date.now() > deadline) throw new Error('waited 10 s in vain');
    await new Promise((wake) => setTimeout(wake, 10));
  }
}

const signed = (payload: string, secondsAgo = 0, secret = webhookSecret) => {
  const t = Math.floor(Date.now() / 1000) - secondsAgo;
  return `t=${t},v1=${createHmac('sha256', secret).update(`${t}.${payload}`).digest('hex')}`;
};

describe.each([{ name: 'StripePayments at the local process', start: atTheLocalProcess }])(
  'PaymentProvider: $name',
  ({ start }) => {
    let setting: Setting;
    let receiver: Server;
    let received: { body: Buffer; signature: string }[];
    let answers: number[];

    beforeAll(async () => {
      receiver = createServer((request, response) => {
        const chunks: Buffer[] = [];
        request.on('data', (chunk: Buffer) => chunks.push(chunk));
        request.on('end', () => {
          received.push({
            body: Buffer.concat(chunks),
            signature: String(request.headers['stripe-signature']),
          });
          response.writeHead(answers.shift() ?? 200).end();
        });
      });
      await new Promise<void>((ready) => receiver.listen(0, '127.0.0.1', ready));
      setting = await start(`http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`);
    });

    beforeEach(() => {
      received = [];
      answers = [];
    });

    afterAll(async () => {
      await setting.close();
      receiver.closeAllConnections();
      await new Promise((closed) => receiver.close(closed));
    });

    let keys = 0;
    const order = (change: Partial<CheckoutRequest> = {}): CheckoutRequest => ({
      tenantId: 'tenant-1',
      amountMinor: 5000,
      currency: 'USD',
      reference: 'top-up-1',
      successUrl: 'https://app.example/paid?session={CHECKOUT_SESSION_ID}',
      cancelUrl: 'https://app.example/back?a=1&b=2',
      idempotencyKey: `key-${++keys}`,
      ...change,
    });
    const open = async (change?: Partial<CheckoutRequest>): Promise<Checkout> => {
      const checkout = await setting.provider.createCheckout(order(change));
      if ('failed' in checkout) throw new Error(checkout.message);
      return checkout;
    };
    const pay = ({ url }: Checkout, card = '4242 4242 4242 4242') =>
      fetch(url, { method: 'POST', body: new URLSearchParams({ card_number: card }), redirect: 'manual' });
    const read = ({ body, signature }: { body: Buffer; signature: string }) =>
      setting.provider.readWebhook(body, signature);
    const eventsOf = async ({ sessionId }: Checkout) => {
      const { events } = (await (await fetch(`${setting.url}/_local/events`)).json()) as {
        events: {
          event: { id: string; data: { object: { id: string } } };
          delivered: boolean;
          attempts: unknown[];
        }[];
      };
      return events.filter(({ event }) => event.data.object.id === sessionId);
    };

    it('opens a checkout, takes the card, and tells of it by a signed webhook', async () => {
      const checkout = await open();
      const page = await (await fetch(checkout.url)).text();
      expect(page).toContain('50.00 USD');
      expect(page).toContain('https://app.example/back?a=1&#38;b=2');
      const answer = await pay(checkout);
      expect(answer.status).toBe(303);
      expect(answer.headers.get('location')).toBe(`https://app.example/paid?session=${checkout.sessionId}`);
      expect(received.map(read)).toEqual([
        {
          id: expect.stringMatching(/^evt_/),
          kind: 'checkout-paid',
          sessionId: checkout.sessionId,
          tenantId: 'tenant-1',
          reference: 'top-up-1',
          amountMinor: 5000,
          currency: 'USD',
        },
      ]);
    });

    it('takes the money once, however often the form is posted', async () => {
      const checkout = await open();
      const pages = await Promise.all([pay(checkout), pay(checkout), pay(checkout)]);
      expect(pages.map(({ status }) => status)).toEqual([303, 303, 303]);
      expect(await eventsOf(checkout)).toHaveLength(1);
      expect(await (await fetch(`${setting.url}/pay/${checkout.sessionId}`)).text()).toContain(
        'This session is complete',
      );
    });

    it.each([
      { card: '4000000000000002', said: 'Your card was declined.' },
      { card: '4242424242424241', said: 'Your card number is invalid.' },
      { card: '', said: 'Your card number is invalid.' },
      { card: '5555555555554444', said: 'only test cards pay' },
    ])('takes nothing from the card "$card"', async ({ card, said }) => {
      const checkout = await open();
      const answer = await pay(checkout, card);
      expect(answer.status).toBe(402);
      expect(await answer.text()).toContain(said);
      expect(await eventsOf(checkout)).toEqual([]);
      expect((await pay(checkout)).status).toBe(303);
    });

    it('delivers again, signed afresh, until it is answered 2xx', async () => {
      answers = [500, 404, 302];
      const checkout = await open();
      await pay(checkout);
      await until(() => received.length === 4);
      const read4 = received.map(read);
      expect(new Set(read4.map((event) => JSON.stringify(event))).size).toBe(1);
      expect(read4[0]).toMatchObject({ kind: 'checkout-paid' });
      const [logged] = await eventsOf(checkout);
      expect(logged).toMatchObject({ delivered: true });
      expect(logged!.attempts).toHaveLength(4);
    });

    it('sends the very same event when asked to redeliver', async () => {
      const checkout = await open();
      await pay(checkout);
      const [logged] = await eventsOf(checkout);
      const answer = await fetch(`${setting.url}/_local/events/${logged!.event.id}/redeliver`, {
        method: 'POST',
      });
      expect(await answer.json()).toEqual({ id: logged!.event.id, delivered: true, status: 200 });
      expect(received).toHaveLength(2);
      expect(received[1]!.body.equals(received[0]!.body)).toBe(true);
      expect(read(received[1]!)).toEqual(read(received[0]!));
    });

    it('answers the same session to the same key, and refuses the key for other input', async () => {
      const request = order();
      const first = await setting.provider.createCheckout(request);
      await pay(first as Checkout);
      expect(await setting.provider.createCheckout(request)).toEqual(first);
      const other = await setting.provider.createCheckout({ ...request, amountMinor: 9900 });
      expect(other).toMatchObject({ failed: 'rejected', code: 'idempotency_error' });
      const neighbour = await setting.provider.createCheckout({ ...request, tenantId: 'tenant-2' });
      expect(neighbour).not.toEqual(first);
      expect(neighbour).toHaveProperty('sessionId');
    });

    it.each([
      { fault: 'an amount below the smallest', change: { amountMinor: 49 }, code: 'amount_too_small' },
      {
        fault: 'an amount above the largest',
        change: { amountMinor: 100_000_000 },
        code: 'amount_too_large',
      },
      { fault: 'a fraction of a cent', change: { amountMinor: 10.5 }, code: 'parameter_invalid_integer' },
      { fault: 'a negative amount', change: { amountMinor: -100 }, code: 'parameter_invalid_integer' },
      { fault: 'a bad address', change: { successUrl: 'nowhere' }, code: 'url_invalid' },
    ])('rejects $fault', async ({ change, code }) => {
      expect(await setting.provider.createCheckout(order(change))).toMatchObject({
        failed: 'rejected',
        code,
      });
    });

    it('rejects the wrong key', async () => {
      const stranger = new StripePayments({
        secretKey: 'sk_test_stranger1',
        webhookSecret,
        baseUrl: setting.url,
      });
      expect(await stranger.createCheckout(order())).toMatchObject({ failed: 'rejected' });
    });

    it('tells of a session that expired, which can no longer be paid', async () => {
      const checkout = await open();
      const headers = { authorization: `Bearer ${secretKey}` };
      const expire = () =>
        fetch(`${setting.url}/v1/checkout/sessions/${checkout.sessionId}/expire`, {
          method: 'POST',
          headers,
        });
      expect(await (await expire()).json()).toMatchObject({ status: 'expired', payment_status: 'unpaid' });
      await until(() => received.length === 1);
      expect(read(received[0]!)).toMatchObject({ kind: 'checkout-expired', sessionId: checkout.sessionId });
      expect((await pay(checkout)).status).toBe(402);
      expect((await expire()).status).toBe(400);
    });

    it('refuses a forged, a changed, an unsigned and a stale webhook', async () => {
      await pay(await open());
      const { body, signature } = received[0]!;
      const { provider } = setting;
      const changed = Buffer.from(body.toString().replace('"amount_total":5000', '"amount_total":9900'));
      expect(changed.equals(body)).toBe(false);
      expect(provider.readWebhook(changed, signature)).toEqual({ refused: 'bad-signature' });
      expect(provider.readWebhook(body, signed(body.toString(), 0, 'whsec_stranger'))).toEqual({
        refused: 'bad-signature',
      });
      expect(provider.readWebhook(body, undefined)).toEqual({ refused: 'bad-signature' });
      expect(provider.readWebhook(body, 'nonsense')).toEqual({ refused: 'bad-signature' });
      expect(provider.readWebhook(Buffer.alloc(0), signature)).toEqual({ refused: 'bad-signature' });
      expect(provider.readWebhook(body, signed(body.toString(), 301))).toEqual({ refused: 'stale' });
      expect(provider.readWebhook(body, signed(body.toString(), 290))).toMatchObject({
        kind: 'checkout-paid',
      });
    });

    it.each([
      'not json',
      'null',
      '[]',
      '{"type":"checkout.session.expired"}',
      '{"id":"evt_1","type":"checkout.session.expired","data":{}}',
      '{"id":"evt_1","type":"checkout.session.completed","data":{"object":{"id":"cs_1","payment_status":"paid","metadata":{}}}}',
    ])('calls malformed what is signed but has no shape: %s', (payload) => {
      expect(setting.provider.readWebhook(Buffer.from(payload), signed(payload))).toEqual({
        refused: 'malformed',
      });
    });

    it('does not take a completed but unpaid session, or another event, for money', () => {
      const payload = (type: string) =>
        `{"id":"evt_1","type":"${type}","data":{"object":{"id":"x","payment_status":"unpaid"}}}`;
      for (const type of ['checkout.session.completed', 'invoice.paid']) {
        const raw = payload(type);
        expect(setting.provider.readWebhook(Buffer.from(raw), signed(raw))).toEqual({
          id: 'evt_1',
          kind: 'other',
          type,
        });
      }
    });
  },
);

describe('a provider out of reach', () => {
  it('is unavailable, so that the same key can be tried again', async () => {
    const server = createServer();
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await new Promise((closed) => server.close(closed));
    const provider = new StripePayments({ secretKey, webhookSecret, baseUrl });
    const request = {
      tenantId: 't',
      amountMinor: 5000,
      currency: 'usd',
      reference: 'r',
      idempotencyKey: 'k',
    };
    const urls = { successUrl: 'https://app.example/', cancelUrl: 'https://app.example/' };
    expect(await provider.createCheckout({ ...request, ...urls })).toMatchObject({ failed: 'unavailable' });
  });
});
