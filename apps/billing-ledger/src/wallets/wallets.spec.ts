import { billingOperations as operations, tenantCreated } from '#leadwire/contracts';
import { newId } from '#leadwire/kernel';
import { until } from '#leadwire/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BillingHarness } from '../billing-ledger.harness.js';

describe("a tenant's wallet", () => {
  let billing: BillingHarness;
  beforeAll(async () => void (billing = await BillingHarness.start()));
  afterAll(() => billing.stop());

  const walletsOf = (tenantId: string) => billing.service.rows('select id, low_balance_threshold from billing_wallets where tenant_id = $1', [tenantId]);
  const payload = { name: 'Acme', slug: 'acme', country: 'US', timeZone: 'UTC' };

  it('is opened when the tenant is made, once though the news comes twice', async () => {
    const tenantId = newId();
    const id = await billing.service.publish(tenantCreated, { tenantId, aggregateId: tenantId, payload });
    await billing.service.publish(tenantCreated, { tenantId, aggregateId: tenantId, payload, id, dedupe: false });
    const after = await billing.service.publish(tenantCreated, { tenantId, aggregateId: tenantId, payload });
    await until('the last event was handled', async () => (await billing.service.rows('select 1 from inbox where event_id = $1', [after])).length > 0);
    expect(await walletsOf(tenantId)).toEqual([{ id: expect.any(String), low_balance_threshold: '5.000000' }]);
  });

  it('is there when it is asked for, also before that news came, and is one under concurrency', async () => {
    const caller = billing.service.caller();
    const wallets = await Promise.all(Array.from({ length: 8 }, () => billing.service.call(operations.getWallet, {}, caller)));
    expect(new Set(wallets.map((wallet) => wallet.id)).size).toBe(1);
    expect(wallets[0]).toMatchObject({ currency: 'USD', currentBalance: '0.00', reservedBalance: '0.00', availableBalance: '0.00', status: 'active' });
    expect(await walletsOf(caller.tenantId)).toHaveLength(1);
  });

  it('has a statement that can be read in pages, oldest first and without a gap', async () => {
    const caller = billing.service.caller();
    for (const amount of ['10.00', '20.00', '30.00']) {
      await billing.pay(await billing.service.call(operations.createCheckout, { amount }, caller));
    }
    const first = await billing.service.call(operations.listTransactions, { limit: 2 }, caller);
    const second = await billing.service.call(operations.listTransactions, { limit: 2, cursor: first.nextCursor! }, caller);
    const lines = [...first.items, ...second.items];
    expect(lines.map(({ sequence, type, amount, balanceBefore, balanceAfter }) => [sequence, type, amount, balanceBefore, balanceAfter])).toEqual([
      [1, 'topup', '10.00', '0.00', '10.00'],
      [2, 'topup', '20.00', '10.00', '30.00'],
      [3, 'topup', '30.00', '30.00', '60.00'],
    ]);
    expect(second.nextCursor).toBeNull();
    expect(lines[0]).toMatchObject({ referenceType: 'payment', description: 'Wallet top-up' });
    const stranger = await billing.service.call(operations.listTransactions, {}, billing.service.caller());
    expect(stranger.items).toEqual([]);
  });

  it('refuses a cursor that it did not give out', async () => {
    for (const cursor of ['x', Buffer.from('["1"]').toString('base64url'), Buffer.from('[-1]').toString('base64url')]) {
      await expect(billing.service.call(operations.listTransactions, { cursor }, billing.service.caller())).rejects.toMatchObject({ code: 'request.bad-cursor' });
    }
  });
});
