import { billingOperations as operations, type PriceView } from '#leadwire/contracts';
import { newId, type Caller } from '#leadwire/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BillingHarness } from '../billing-ledger.harness.js';

describe('list-prices', () => {
  let billing: BillingHarness;
  beforeAll(async () => void (billing = await BillingHarness.start()));
  afterAll(() => billing.stop());

  const all = async (caller: Caller): Promise<PriceView[]> => {
    const items: PriceView[] = [];
    for (let cursor: string | undefined | null; cursor !== null; ) {
      const page = await billing.service.call(operations.listPrices, { limit: 7, ...(cursor && { cursor }) }, caller);
      items.push(...page.items);
      cursor = page.nextCursor;
    }
    return items;
  };

  it('shows the catalogue with its markups, every price once', async () => {
    const prices = await all(billing.service.caller());
    expect(prices).toHaveLength(22);
    expect(new Set(prices.map((price) => price.id)).size).toBe(22);
    expect(prices).toContainEqual(expect.objectContaining({ provider: 'openai', model: 'gpt-4o-mini', unit: 'token_in', unitPrice: '0.00000015', markupPercent: '50' }));
    expect(prices).toContainEqual(expect.objectContaining({ category: 'sms', unitPrice: '0.0075', markupPercent: '30' }));
  });

  it("a tenant's own price stands in place of everybody's, for that tenant", async () => {
    const caller = billing.service.caller();
    await billing.service.rows(
      `insert into billing_pricing_catalog (id, tenant_id, category, provider, model, unit, unit_price, effective_from)
       values ($1, $2, 'stt', 'deepgram', 'nova-3', 'second', 0.00005, now() - interval '1 day')`,
      [newId(), caller.tenantId],
    );
    const of = async (who: Caller) => (await all(who)).filter((price) => price.model === 'nova-3').map((price) => price.unitPrice);
    expect(await of(caller)).toEqual(['0.00005']);
    expect(await of(billing.service.caller())).toEqual(['0.0000717']);
  });
});
