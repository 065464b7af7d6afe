import { billingOperations as operations, reservationExpired, reservationHeld, type ReserveForUsage } from '#leadwire/contracts';
import { newId } from '#leadwire/kernel';
import { until } from '#leadwire/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BillingHarness } from '../billing-ledger.harness.js';

describe('reserving for a use', () => {
  let billing: BillingHarness;
  beforeAll(async () => void (billing = await BillingHarness.start()));
  afterAll(() => billing.stop());

  // 10 minutes of Twilio voice at 0.013, and 50 % on top: 0.195.
  const input = (change: Partial<ReserveForUsage> = {}): ReserveForUsage => ({
    reservationId: newId(),
    featureKey: 'voice-call',
    referenceType: 'call',
    referenceId: newId(),
    items: [{ category: 'telephony', provider: 'twilio', model: 'voice', unit: 'minute', quantity: '10' }],
    expiresAt: new Date(Date.now() + 600_000).toISOString(),
    ...change,
  });
  const reserve = (tenantId: string, wanted: ReserveForUsage) => billing.service.callAsService(operations.reserveForUsage, wanted, tenantId);
  const wallet = (tenantId: string) => billing.service.call(operations.getWallet, {}, billing.service.caller(tenantId));
  const checks = (tenantId: string) => billing.service.call(operations.checkLedger, {}, billing.service.caller(tenantId));

  it('holds the worst case with its markup, and answers the same id the same', async () => {
    const { tenantId } = await billing.fundedTenant('1.00');
    const wanted = input();
    const first = await reserve(tenantId, wanted);
    expect(first).toEqual({ reservationId: wanted.reservationId, amount: '0.195', available: '0.805' });
    expect(await reserve(tenantId, { ...wanted, expiresAt: new Date(Date.now() + 700_000).toISOString() })).toEqual(first);
    expect(await wallet(tenantId)).toMatchObject({ currentBalance: '1.00', reservedBalance: '0.195', availableBalance: '0.805' });
    const { walletId: _, ...fact } = (await billing.service.told(reservationHeld, tenantId))[0]!.payload;
    expect(fact).toEqual({ amount: '0.195', referenceType: 'call', referenceId: wanted.referenceId });
    expect(await billing.service.told(reservationHeld, tenantId)).toHaveLength(1);
  });

  it('asked for the same at once, holds once', async () => {
    const { tenantId } = await billing.fundedTenant('1.00');
    const wanted = input();
    const answers = await Promise.all(Array.from({ length: 6 }, () => reserve(tenantId, wanted)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await wallet(tenantId)).toMatchObject({ reservedBalance: '0.195' });
  });

  it('says what is missing, and holds nothing', async () => {
    const caller = billing.service.caller();
    const wanted = input();
    await expect(reserve(caller.tenantId, wanted)).rejects.toMatchObject({
      code: 'billing.insufficient-funds',
      details: { extra: { available: '0.00', needed: '0.195', shortfall: '0.195' } },
    });
    await billing.pay(await billing.service.call(operations.createCheckout, { amount: '1.00' }, caller));
    expect(await reserve(caller.tenantId, wanted)).toMatchObject({ amount: '0.195' });
  });

  it('30 at once on a wallet that holds for 20: 20 are held, 10 are told', async () => {
    const { tenantId } = await billing.fundedTenant('3.90');
    const outcomes = await Promise.allSettled(Array.from({ length: 30 }, () => reserve(tenantId, input())));
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected').map((outcome) => (outcome.reason as { code: string }).code);
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(20);
    expect(refused).toEqual(Array(10).fill('billing.insufficient-funds'));
    expect(await wallet(tenantId)).toMatchObject({ currentBalance: '3.90', reservedBalance: '3.90', availableBalance: '0.00' });
    const { checks: all, openReservations } = await checks(tenantId);
    expect(openReservations).toBe(20);
    expect(all.filter((check) => !check.holds)).toEqual([]);
    expect(await billing.service.told(reservationHeld, tenantId)).toHaveLength(20);
  });

  it('refuses what has no price, a time gone by, an id used for something else, a caller who is no service', async () => {
    const caller = await billing.fundedTenant('1.00');
    const item = input().items[0]!;
    await expect(reserve(caller.tenantId, input({ items: [{ ...item, provider: 'nobody' }] }))).rejects.toMatchObject({ code: 'billing.no-price' });
    await expect(reserve(caller.tenantId, input({ expiresAt: '2020-01-01T00:00:00Z' }))).rejects.toMatchObject({ code: 'request.invalid' });
    const wanted = input();
    await reserve(caller.tenantId, wanted);
    await expect(reserve(caller.tenantId, { ...wanted, referenceId: newId() })).rejects.toMatchObject({ code: 'resource.conflict' });
    await expect(billing.service.call(operations.reserveForUsage, input(), caller)).rejects.toMatchObject({ code: 'auth.forbidden' });
  });

  it('gives back what nobody settled in time, of any tenant, and tells of it once', async () => {
    const tenants = await Promise.all([billing.fundedTenant('1.00'), billing.fundedTenant('1.00')]);
    for (const { tenantId } of tenants) await billing.expire((await reserve(tenantId, input())).reservationId);
    const still = await reserve(tenants[0]!.tenantId, input());
    for (const { tenantId } of tenants) {
      await until('the hold is given back', async () => (await billing.service.told(reservationExpired, tenantId)).length > 0);
      expect((await billing.service.told(reservationExpired, tenantId)).map((event) => event.payload)).toMatchObject([{ amount: '0.195', referenceType: 'call' }]);
      expect((await checks(tenantId)).checks.filter((check) => !check.holds)).toEqual([]);
    }
    expect(await billing.service.rows('select id from billing_reservations where status = $1 and tenant_id = $2', ['held', tenants[0]!.tenantId])).toEqual([{ id: still.reservationId }]);
  });

  it('does not answer as if it held what is over', async () => {
    const { tenantId } = await billing.fundedTenant('1.00');
    const wanted = input();
    await reserve(tenantId, wanted);
    await billing.expire(wanted.reservationId);
    await expect(reserve(tenantId, wanted)).rejects.toMatchObject({ code: 'billing.reservation-resolved' });
    await until('the hold is given back', async () => (await wallet(tenantId)).reservedBalance === '0.00');
    await expect(reserve(tenantId, wanted)).rejects.toMatchObject({ code: 'billing.reservation-resolved' });
  });
});
