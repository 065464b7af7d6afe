import {
  billingOperations as operations,
  callUsageRecorded,
  reservationCaptured,
  reservationExpired,
  reservationReleased,
  usageCharged,
  usageFailed,
  walletDepleted,
  walletLow,
  type UsageItem,
  type UsageRecorded,
} from '#leadwire/contracts';
import { newId, type Caller } from '#leadwire/kernel';
import { until } from '#leadwire/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BillingHarness } from '../billing-ledger.harness.js';

const minutes = (quantity: string): UsageItem => ({ category: 'telephony', provider: 'twilio', model: 'voice', unit: 'minute', quantity });
const CALL: UsageItem[] = [
  minutes('2'),
  { category: 'stt', provider: 'deepgram', model: 'nova-3', unit: 'second', quantity: '100' },
  { category: 'tts', provider: 'cartesia', model: 'sonic', unit: 'character', quantity: '500' },
  { category: 'llm', provider: 'openai', model: 'gpt-4o-mini', unit: 'token_in', quantity: '4000' },
  { category: 'llm', provider: 'openai', model: 'gpt-4o-mini', unit: 'token_out', quantity: '300' },
];

describe('charging what was used', () => {
  let billing: BillingHarness;
  // Reservations that expire here are found by the charge, not by the sweeper.
  beforeAll(async () => void (billing = await BillingHarness.start({ sweepMs: 3_600_000 })));
  afterAll(() => billing.stop());

  const reserve = async ({ tenantId }: Caller, forMinutes: string) => {
    const reservationId = newId();
    const rest = { featureKey: 'voice-call', referenceType: 'call', referenceId: newId(), expiresAt: new Date(Date.now() + 600_000).toISOString() };
    await billing.service.callAsService(operations.reserveForUsage, { reservationId, items: [minutes(forMinutes)], ...rest }, tenantId);
    return reservationId;
  };
  const report = async ({ tenantId }: Caller, change: Partial<UsageRecorded>, id = newId()) => {
    const callId = newId();
    const payload = { idempotencyKey: `call:${callId}`, featureKey: 'voice-call', reservationId: null, items: CALL, usedAt: new Date().toISOString(), ...change };
    await billing.service.publish(callUsageRecorded, { tenantId, aggregateId: callId, payload, id, dedupe: false });
    return id;
  };
  const handled = (eventId: string) =>
    until('the usage was handled', async () => (await billing.service.rows('select 1 from inbox where event_id = $1', [eventId])).length > 0);
  const use = async (caller: Caller, change: Partial<UsageRecorded>) => handled(await report(caller, change));
  const wallet = (caller: Caller) => billing.service.call(operations.getWallet, {}, caller);
  const spend = (caller: Caller) => billing.service.call(operations.getSpend, {}, caller);
  const rowsOf = ({ tenantId }: Caller) => billing.service.rows('select status, total_cost, error_message from billing_usage_events where tenant_id = $1 order by id', [tenantId]);
  const told = ({ tenantId }: Caller, event: typeof usageCharged | typeof usageFailed) => billing.service.told<any>(event as typeof usageCharged, tenantId);
  const sound = async (caller: Caller) => {
    const answer = await billing.service.call(operations.checkLedger, {}, caller);
    expect(answer.checks.length).toBeGreaterThanOrEqual(14);
    expect(answer.checks.filter((check) => !check.holds)).toEqual([]);
    return answer;
  };

  it('settles a reservation by component, releases the rest, and the books hold', async () => {
    const caller = await billing.fundedTenant('50.00');
    const reservationId = await reserve(caller, '10');
    await use(caller, { reservationId });
    // Cost 0.026 + 0.00717 + 0.0196 + 0.0006 + 0.00018; each line's price is 1.5 times that.
    expect(await wallet(caller)).toMatchObject({ currentBalance: '49.919675', reservedBalance: '0.00' });
    const answer = await spend(caller);
    expect(answer).toMatchObject({ totalPrice: '0.080325', totalCost: '0.05355' });
    expect(answer.lines.map(({ provider, unit, quantity, cost, price }) => [provider, unit, quantity, cost, price])).toEqual([
      ['twilio', 'minute', '2', '0.026', '0.039'],
      ['cartesia', 'character', '500', '0.0196', '0.0294'],
      ['deepgram', 'second', '100', '0.00717', '0.010755'],
      ['openai', 'token_in', '4000', '0.0006', '0.0009'],
      ['openai', 'token_out', '300', '0.00018', '0.00027'],
    ]);
    expect((await told(caller, usageCharged))[0]!.payload).toMatchObject({ featureKey: 'voice-call', price: '0.080325', cost: '0.05355', currency: 'USD', reservationId });
    expect(await billing.service.told(reservationCaptured, caller.tenantId)).toMatchObject([{ aggregateId: reservationId, payload: { amount: '0.080325', referenceType: 'call' } }]);
    expect(await sound(caller)).toMatchObject({ funded: '50.00', spent: '0.080325', balance: '49.919675', openReservations: 0 });
  });

  it('charges once, though the event is delivered again and though another event reports the same use', async () => {
    const caller = await billing.fundedTenant('50.00');
    const change = { idempotencyKey: 'call:one', reservationId: await reserve(caller, '10'), usedAt: new Date().toISOString() };
    const id = await report(caller, change);
    await report(caller, change, id);
    await use(caller, change);
    const last = await report(caller, { items: [minutes('1')] });
    await handled(id);
    await handled(last);
    expect(await rowsOf(caller)).toMatchObject([{ status: 'charged', total_cost: '0.080325' }, { status: 'charged', total_cost: '0.019500' }]);
    expect(await told(caller, usageCharged)).toHaveLength(2);
    await sound(caller);
  });

  it('charges the wallet directly when nothing was reserved', async () => {
    const caller = await billing.fundedTenant('50.00');
    await use(caller, {});
    expect(await wallet(caller)).toMatchObject({ currentBalance: '49.919675' });
    await sound(caller);
  });

  it('gives the reservation back when nothing was used', async () => {
    const caller = await billing.fundedTenant('50.00');
    const reservationId = await reserve(caller, '10');
    await use(caller, { reservationId, items: [] });
    expect(await wallet(caller)).toMatchObject({ currentBalance: '50.00', reservedBalance: '0.00' });
    expect(await rowsOf(caller)).toMatchObject([{ status: 'voided', total_cost: null }]);
    expect(await billing.service.told(reservationReleased, caller.tenantId)).toMatchObject([{ aggregateId: reservationId, payload: { amount: '0.195' } }]);
    expect(await told(caller, usageCharged)).toEqual([]);
    await sound(caller);
  });

  it('fails what has no price, tells so, and gives the reservation back', async () => {
    const caller = await billing.fundedTenant('50.00');
    const reservationId = await reserve(caller, '10');
    await use(caller, { reservationId, items: [...CALL, { ...CALL[0]!, provider: 'nobody' }] });
    expect(await rowsOf(caller)).toMatchObject([{ status: 'failed', total_cost: null, error_message: 'no price for telephony · nobody · voice · minute' }]);
    expect((await told(caller, usageFailed))[0]!.payload).toMatchObject({ featureKey: 'voice-call', reason: expect.stringContaining('nobody') });
    expect(await wallet(caller)).toMatchObject({ currentBalance: '50.00', reservedBalance: '0.00' });
    await sound(caller);
  });

  it('prices at the time of use', async () => {
    const caller = await billing.fundedTenant('50.00');
    await billing.service.rows(
      `insert into billing_pricing_catalog (id, tenant_id, category, provider, model, unit, unit_price, effective_from, effective_to)
       values ($1, $2, 'telephony', 'twilio', 'voice', 'minute', 1, '2026-01-01', '2026-02-01')`,
      [newId(), caller.tenantId],
    );
    await use(caller, { items: [minutes('1')], usedAt: '2026-01-15T12:00:00Z' });
    await use(caller, { items: [minutes('1')], usedAt: '2026-02-01T00:00:00Z' });
    expect((await rowsOf(caller)).map((row) => row.total_cost)).toEqual(['1.500000', '0.019500']);
  });

  it('charges the whole of a use that took more than was held, in one posting', async () => {
    const caller = await billing.fundedTenant('50.00');
    const reservationId = await reserve(caller, '1');
    await use(caller, { reservationId, items: [minutes('10')] });
    expect(await wallet(caller)).toMatchObject({ currentBalance: '49.805', reservedBalance: '0.00' });
    expect(await rowsOf(caller)).toMatchObject([{ status: 'charged', total_cost: '0.195000', error_message: null }]);
    expect(await billing.service.told(reservationReleased, caller.tenantId)).toHaveLength(1);
    await sound(caller);
  });

  it('takes at least what was held where the wallet has no more to give', async () => {
    const caller = await billing.fundedTenant('0.50');
    const reservationId = await reserve(caller, '20');
    const other = await reserve(caller, '5');
    await use(caller, { reservationId, items: [minutes('100')] });
    expect(await wallet(caller)).toMatchObject({ currentBalance: '0.11', reservedBalance: '0.0975', availableBalance: '0.0125' });
    expect(await rowsOf(caller)).toMatchObject([{ status: 'charged', total_cost: '0.390000', error_message: expect.stringContaining('1.950000') }]);
    expect(await spend(caller)).toMatchObject({ totalPrice: '0.39', totalCost: '1.30' });
    await use(caller, { reservationId: other, items: [minutes('1')] });
    await sound(caller);
  });

  it('fails a use that nothing was held for and the wallet cannot pay', async () => {
    const caller = billing.service.caller();
    await use(caller, {});
    expect(await rowsOf(caller)).toMatchObject([{ status: 'failed', error_message: 'insufficient_balance' }]);
    expect(await told(caller, usageFailed)).toHaveLength(1);
    await sound(caller);
  });

  it('charges the wallet when the reservation is over, is settled already, or never was', async () => {
    const caller = await billing.fundedTenant('50.00');
    const expired = await reserve(caller, '10');
    await billing.expire(expired);
    await use(caller, { reservationId: expired, items: [minutes('1')] });
    const twice = await reserve(caller, '10');
    await use(caller, { reservationId: twice, items: [minutes('1')] });
    await use(caller, { reservationId: twice, items: [minutes('1')] });
    await use(caller, { reservationId: newId(), items: [minutes('1')] });
    expect(await wallet(caller)).toMatchObject({ currentBalance: '49.922', reservedBalance: '0.00' });
    expect(await billing.service.told(reservationExpired, caller.tenantId)).toHaveLength(1);
    expect(await billing.service.told(reservationCaptured, caller.tenantId)).toHaveLength(1);
    await sound(caller);
  });

  it('warns of a low and of an empty wallet once per crossing, again after a top-up', async () => {
    const caller = await billing.fundedTenant('6.00');
    const count = async () => [await billing.service.told(walletLow, caller.tenantId), await billing.service.told(walletDepleted, caller.tenantId)].map((events) => events.length);
    await use(caller, { items: [minutes('100')] });
    await use(caller, { items: [minutes('1')] });
    expect(await count()).toEqual([1, 0]);
    expect((await billing.service.told(walletLow, caller.tenantId))[0]!.payload).toEqual({ amount: '1.95', balance: '4.05', currency: 'USD' });
    await billing.pay(await billing.service.call(operations.createCheckout, { amount: '1.96' }, caller));
    await use(caller, { items: [minutes('100')] });
    expect(await count()).toEqual([2, 0]);
    await use(caller, { items: [minutes('207')] });
    expect(await count()).toEqual([2, 0]);
  });

  it('200 reported at once are charged once each, and the statement has no gap', async () => {
    const caller = await billing.fundedTenant('50.00');
    const reservations = await Promise.all(Array.from({ length: 40 }, () => reserve(caller, '10')));
    const ids = await Promise.all(Array.from({ length: 200 }, (_, n) => report(caller, { reservationId: reservations[n] ?? null, items: [minutes('1')] })));
    for (const id of ids) await handled(id);
    expect(await wallet(caller)).toMatchObject({ currentBalance: '46.10', reservedBalance: '0.00' });
    expect(await told(caller, usageCharged)).toHaveLength(200);
    expect(await sound(caller)).toMatchObject({ funded: '50.00', spent: '3.90', openReservations: 0 });
    const { items } = await billing.service.call(operations.listTransactions, { limit: 200 }, caller);
    expect(items.map((line) => line.sequence)).toEqual(items.map((_, n) => n + 1));
    for (const [n, line] of items.entries()) expect(line.balanceBefore).toBe(items[n - 1]?.balanceAfter ?? '0.00');
  });

  it("is seen by the tenant alone, and another tenant's reservation cannot be settled", async () => {
    const [owner, other] = await Promise.all([billing.fundedTenant('50.00'), billing.fundedTenant('50.00')]);
    const reservationId = await reserve(owner, '10');
    await use(other, { reservationId, items: [minutes('1')] });
    expect(await wallet(owner)).toMatchObject({ currentBalance: '50.00', reservedBalance: '0.195' });
    expect(await wallet(other)).toMatchObject({ currentBalance: '49.9805' });
    expect(await spend(owner)).toEqual({ lines: [], totalPrice: '0.00', totalCost: '0.00' });
    expect(await sound(owner)).toMatchObject({ spent: '0.00', openReservations: 1 });
  });
});
