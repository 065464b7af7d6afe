import { billingOperations as operations, paymentSucceeded, walletToppedUp, type CheckoutView } from '#leadwire/contracts';
import { newId, type Caller } from '#leadwire/kernel';
import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BillingHarness, WEBHOOK_SECRET } from '../billing-ledger.harness.js';

describe('funding a wallet', () => {
  let billing: BillingHarness;
  beforeAll(async () => void (billing = await BillingHarness.start()));
  afterAll(() => billing.stop());

  const create = (caller: Caller, amount = '50.00', key?: string) => billing.service.call(operations.createCheckout, { amount }, caller, key);
  const read = (caller: Caller, { id }: CheckoutView) => billing.service.call(operations.getCheckout, { checkoutId: id }, caller);
  const balance = async (caller: Caller) => (await billing.service.call(operations.getWallet, {}, caller)).currentBalance;
  const postings = (caller: Caller) => billing.service.rows('select 1 from ledger_postings where tenant_id = $1', [caller.tenantId]);
  const webhookOf = ({ id }: CheckoutView) => billing.webhooks.received.filter((one) => Buffer.from(one.rawBody, 'base64').includes(id)).at(-1)!;
  const send = (body: string, header: string) =>
    billing.webhooks.forward({ rawBody: Buffer.from(body).toString('base64'), headers: { 'stripe-signature': header }, requestUrl: 'https://api.example/v1/hooks/payments' });
  const signature = (body: string, secret = WEBHOOK_SECRET, secondsAgo = 0) => {
    const t = Math.floor(Date.now() / 1000) - secondsAgo;
    return `t=${t},v1=${createHmac('sha256', secret).update(`${t}.${body}`).digest('hex')}`;
  };
  const paidEvent = (caller: Caller, checkout: CheckoutView, change: Record<string, unknown> = {}) =>
    JSON.stringify({
      id: `evt_${newId()}`, object: 'event', type: 'checkout.session.completed',
      data: {
        object: {
          id: `cs_${checkout.id}`, object: 'checkout.session', payment_status: 'paid', amount_total: 5000, currency: 'usd',
          client_reference_id: checkout.id, metadata: { tenant_id: caller.tenantId }, ...change,
        },
      },
    });

  it('is a checkout, a payment at the provider, its signed webhook, and one posting', async () => {
    const caller = billing.service.caller();
    const checkout = await create(caller);
    expect(checkout).toMatchObject({ status: 'open', amount: '50.00', currency: 'USD', paidAt: null });
    expect((await billing.pay(checkout)).headers.get('location')).toBe(`https://app.example/v1/checkouts/${checkout.id}`);
    expect(await balance(caller)).toBe('50.00');
    expect(await read(caller, checkout)).toMatchObject({ status: 'paid', paidAt: expect.any(String) });
    const [paid] = await billing.service.told(paymentSucceeded, caller.tenantId);
    expect(paid).toMatchObject({ aggregateId: checkout.id, payload: { amount: '50.00', currency: 'USD', providerSession: expect.stringMatching(/^cs_/) } });
    expect((await billing.service.told(walletToppedUp, caller.tenantId)).map((event) => event.payload)).toEqual([
      { amount: '50.00', balance: '50.00', currency: 'USD' },
    ]);
  });

  it('happens once, however often and however concurrently the webhook comes', async () => {
    const caller = await billing.fundedTenant('50.00');
    const [event] = await billing.service.rows('select provider_event_id as id from billing_payment_events where tenant_id = $1', [caller.tenantId]);
    expect(await Promise.all([1, 2, 3, 4].map(() => billing.redeliver(event!.id)))).toEqual([204, 204, 204, 204]);
    expect(await balance(caller)).toBe('50.00');
    expect(await postings(caller)).toHaveLength(1);
    expect(await billing.service.told(walletToppedUp, caller.tenantId)).toHaveLength(1);
    expect(await billing.service.told(paymentSucceeded, caller.tenantId)).toHaveLength(1);
  });

  it('two events of one session credit once', async () => {
    const caller = billing.service.caller();
    const checkout = await create(caller);
    await billing.pay(checkout);
    const { data } = JSON.parse(Buffer.from(webhookOf(checkout).rawBody, 'base64').toString());
    const again = JSON.stringify({ id: `evt_${newId()}`, type: 'checkout.session.async_payment_succeeded', data });
    expect(await send(again, signature(again))).toBe(204);
    expect(await balance(caller)).toBe('50.00');
  });

  it('does not happen for a forged, altered, stale, unsigned or malformed webhook', async () => {
    const caller = billing.service.caller();
    const checkout = await create(caller);
    const body = paidEvent(caller, checkout);
    expect(await send(body, signature(body, 'whsec_somebody_else'))).toBe(401);
    expect(await send(body.replace('5000', '9000'), signature(body))).toBe(401);
    expect(await send(body, signature(body, WEBHOOK_SECRET, 301))).toBe(401);
    expect(await send(body, '')).toBe(401);
    expect(await send('not json', signature('not json'))).toBe(401);
    expect(await postings(caller)).toHaveLength(0);
    expect(await read(caller, checkout)).toMatchObject({ status: 'open' });
    expect(await billing.service.told(walletToppedUp, caller.tenantId)).toEqual([]);
  });

  it('does not happen for money that is not what the checkout asked for', async () => {
    const caller = billing.service.caller();
    const checkout = await create(caller);
    await billing.service.rows('update billing_payments set session_id = $2 where id = $1', [checkout.id, `cs_${checkout.id}`]);
    for (const change of [{ amount_total: 4999 }, { currency: 'eur' }, { id: 'cs_another' }]) {
      const body = paidEvent(caller, checkout, change);
      expect(await send(body, signature(body))).toBe(409);
    }
    const elsewhere = paidEvent(billing.service.caller(), checkout);
    expect(await send(elsewhere, signature(elsewhere))).toBe(404);
    expect(await postings(caller)).toHaveLength(0);
    expect(await billing.service.rows('select 1 from billing_payment_events where tenant_id = $1', [caller.tenantId])).toEqual([]);
    const right = paidEvent(caller, checkout);
    expect(await send(right, signature(right))).toBe(204);
  });

  it('an event of another kind is taken and changes nothing', async () => {
    const body = JSON.stringify({ id: 'evt_other', type: 'customer.created', data: { object: {} } });
    expect(await send(body, signature(body))).toBe(204);
  });

  it('an expired checkout says so, and is paid all the same if money came', async () => {
    const caller = billing.service.caller();
    const checkout = await create(caller);
    await billing.service.rows('update billing_payments set session_id = $2 where id = $1', [checkout.id, `cs_${checkout.id}`]);
    const expired = paidEvent(caller, checkout, { payment_status: 'unpaid' }).replace('session.completed', 'session.expired');
    expect(await send(expired, signature(expired))).toBe(204);
    expect(await read(caller, checkout)).toMatchObject({ status: 'expired' });
    const paid = paidEvent(caller, checkout);
    expect(await send(paid, signature(paid))).toBe(204);
    expect(await read(caller, checkout)).toMatchObject({ status: 'paid' });
    expect(await balance(caller)).toBe('50.00');
  });

  it('answers the same key with the same checkout, and refuses it with another amount', async () => {
    const caller = billing.service.caller();
    const first = await create(caller, '20.00', 'key-1');
    expect(await create(caller, '20.00', 'key-1')).toEqual(first);
    await expect(create(caller, '21.00', 'key-1')).rejects.toMatchObject({ code: 'idempotency.conflict' });
    expect((await create(billing.service.caller(), '21.00', 'key-1')).id).not.toBe(first.id);
  });

  it('finds the session again that was opened for a process that died before it could keep it', async () => {
    const caller = billing.service.caller();
    const first = await create(caller, '20.00', 'key-2');
    await billing.service.rows('update billing_payments set session_id = null, checkout_url = null where id = $1', [first.id]);
    await expect(read(caller, first)).rejects.toMatchObject({ code: 'resource.not-found' });
    expect(await create(caller, '20.00', 'key-2')).toEqual(first);
    await billing.service.rows('update billing_payments set session_id = null, checkout_url = null where id = $1', [first.id]);
    await billing.pay(first);
    expect(await balance(caller)).toBe('20.00');
  });

  it('refuses amounts that cannot be paid', async () => {
    const caller = billing.service.caller();
    for (const amount of ['-5', '0', '0.00', '1.001', '1e3', '1'.repeat(30)]) {
      await expect(create(caller, amount)).rejects.toMatchObject({ code: 'request.invalid' });
    }
    await expect(create(caller, '1000000')).rejects.toMatchObject({ code: 'billing.bad-amount' });
    await expect(create(caller, '0.49')).rejects.toMatchObject({ code: 'billing.bad-amount' });
  });

  it("another tenant's checkout and an unknown one get the same answer", async () => {
    const checkout = await create(billing.service.caller());
    const refusals = await Promise.all(
      [checkout.id, newId()].map((checkoutId) =>
        billing.service.call(operations.getCheckout, { checkoutId }, billing.service.caller()).catch((error) => ({ code: error.code, details: error.details })),
      ),
    );
    expect(refusals[0]).toMatchObject({ code: 'resource.not-found' });
    expect(refusals[0]).toEqual(refusals[1]);
  });

  it('says when the provider does not answer, and the same key tries again', async () => {
    const other = await BillingHarness.start();
    try {
      await other.stopPayments();
      const caller = other.service.caller();
      const ask = () => other.service.call(operations.createCheckout, { amount: '5.00' }, caller, 'key-3');
      await expect(ask()).rejects.toMatchObject({ code: 'billing.provider-failed' });
      await expect(ask()).rejects.toMatchObject({ code: 'billing.provider-failed' });
      expect(await other.service.rows('select status, session_id from billing_payments')).toEqual([{ status: 'pending', session_id: null }]);
    } finally {
      await other.stop();
    }
  });

  it('takes the right to manage money', async () => {
    const viewer = billing.service.caller(undefined, ['billing:view']);
    await expect(create(viewer)).rejects.toMatchObject({ code: 'auth.forbidden' });
  });
});
