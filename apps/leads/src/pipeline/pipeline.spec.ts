import { leadsOperations as operations, tenantCreated } from '#leadwire/contracts';
import { until, type ServiceHarness } from '#leadwire/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLeads } from '../leads.harness.js';

describe('the pipeline of a tenant', () => {
  let leads: ServiceHarness;
  beforeAll(async () => void (leads = await startLeads()));
  afterAll(() => leads.stop());

  const SALES = ['new', 'contacted', 'qualified', 'proposal', 'negotiation', 'won', 'lost'];
  const payload = { name: 'Acme', slug: 'acme', country: 'ES', timeZone: 'Europe/Madrid' };

  it('is seeded when the tenant is created, once though the event comes twice', async () => {
    const caller = leads.caller();
    const to = { tenantId: caller.tenantId, aggregateId: caller.tenantId, payload };
    const id = await leads.publish(tenantCreated, to);
    await leads.publish(tenantCreated, { ...to, id, dedupe: false });
    const marker = leads.caller();
    await leads.publish(tenantCreated, { tenantId: marker.tenantId, aggregateId: marker.tenantId, payload });
    await until('both are seeded', async () => (await leads.rows(`select 1 from tenant_settings where country = 'ES'`)).length === 2);
    expect((await leads.call(operations.listStages, {}, caller)).items.map(({ key }) => key)).toEqual(SALES);
    expect((await leads.call(operations.listStatuses, {}, caller)).items.map(({ key }) => key)).toContain('do_not_contact');
    expect(await leads.rows('select key from lead_stages where tenant_id = $1', [caller.tenantId])).toHaveLength(SALES.length);
    expect(await leads.rows('select country, time_zone from tenant_settings where tenant_id = $1', [caller.tenantId])).toEqual([
      { country: 'ES', time_zone: 'Europe/Madrid' },
    ]);
  });

  it('is there for whoever comes before the event, also for many at once, and keeps the stages when the event comes', async () => {
    const caller = leads.caller();
    const all = await Promise.all(Array.from({ length: 8 }, () => leads.call(operations.listStages, {}, caller)));
    for (const { items } of all) expect(items.map(({ key }) => key)).toEqual(SALES);
    await leads.publish(tenantCreated, { tenantId: caller.tenantId, aggregateId: caller.tenantId, payload });
    await until('the country is known', async () => (await leads.rows(`select 1 from tenant_settings where tenant_id = $1 and country = 'ES'`, [caller.tenantId])).length);
    expect(await leads.rows('select 1 from lead_stages where tenant_id = $1', [caller.tenantId])).toHaveLength(SALES.length);
  });

  it('is listed page by page', async () => {
    const caller = leads.caller();
    const first = await leads.call(operations.listStages, { limit: 5 }, caller);
    const rest = await leads.call(operations.listStages, { limit: 5, cursor: first.nextCursor! }, caller);
    expect([...first.items, ...rest.items].map(({ key }) => key)).toEqual(SALES);
    expect(rest.nextCursor).toBeNull();
    await expect(leads.call(operations.listStages, { cursor: 'nonsense' }, caller)).rejects.toMatchObject({ code: 'request.bad-cursor' });
  });
});
