import { leadCreated, leadsOperations as operations, leadStageChanged, leadUpdated, tenantCreated, type LeadView, type ListLeads } from '#leadwire/contracts';
import type { Caller } from '#leadwire/kernel';
import { until, type ServiceHarness } from '#leadwire/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLeads } from '../leads.harness.js';

describe('leads', () => {
  let leads: ServiceHarness;
  let caller: Caller;
  beforeAll(async () => void (leads = await startLeads()));
  afterAll(() => leads.stop());

  const create = (fields: object, as = caller, key?: string) => leads.call(operations.createLead, fields, as, key);

  describe('create', () => {
    beforeAll(() => void (caller = leads.caller()));

    it('stores what was given, normalised, at the beginning of the pipeline, and tells', async () => {
      const lead = await create({
        firstName: ' Ana ', email: 'Ana@Example.COM', phone: '+1 (202) 555-0100', linkedinUrl: 'linkedin.com/in/Ana/', country: 'España',
        tags: ['x', 'x', 'y'], priority: 2, customFields: { plan: { a: 1 } },
      });
      expect(lead).toMatchObject({
        firstName: 'Ana', lastName: null, email: 'ana@example.com', phone: '+12025550100', linkedinUrl: 'https://www.linkedin.com/in/ana', country: 'ES',
        tags: ['x', 'y'], priority: 2, customFields: { plan: { a: 1 } }, stage: 'new', status: 'active', temperature: 'cold', score: 0,
      });
      expect(await leads.call(operations.getLead, { leadId: lead.id }, caller)).toEqual(lead);
      expect(await leads.told(leadCreated, caller.tenantId)).toMatchObject([{ aggregateId: lead.id, payload: { email: 'ana@example.com', stage: 'new' } }]);
    }, 20_000);

    it.each([
      [{ firstName: 'Nobody' }, 'leads.no-contact'],
      [{ phone: '12345' }, 'leads.phone-invalid'],
      [{ email: 'ana@example.com' }, 'leads.duplicate'],
      [{ email: 'a@b.example', linkedinUrl: 'https://example.com/in/a' }, 'request.invalid'],
      [{ email: 'a@b.example', customFields: { a: 'x'.repeat(64_001) } }, 'request.invalid'],
      [{ email: 'no mail' }, 'request.invalid'],
    ])('refuses %j: %s', async (fields, code) => {
      await expect(create(fields)).rejects.toMatchObject({ code });
    });

    it('names the lead that has the mail, the phone, or the profile alone', async () => {
      const mine = leads.caller();
      const first = await create({ email: 'd@a.example', phone: '+12025550101' }, mine);
      const bare = await create({ linkedinUrl: 'linkedin.com/in/only' }, mine);
      const duplicate = (id: string) => ({ code: 'leads.duplicate', details: { extra: { leadId: id } } });
      await expect(create({ email: 'D@a.example' }, mine)).rejects.toMatchObject(duplicate(first.id));
      await expect(create({ phone: '202-555-0101' }, mine)).rejects.toMatchObject(duplicate(first.id));
      await expect(create({ linkedinUrl: 'linkedin.com/in/only' }, mine)).rejects.toMatchObject(duplicate(bare.id));
    });

    it('makes one lead of twenty creates of one mail at once', async () => {
      const mine = leads.caller();
      const all = await Promise.allSettled(Array.from({ length: 20 }, () => create({ email: 'same@a.example' }, mine)));
      expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const one of all) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'leads.duplicate' });
      expect(await leads.rows('select 1 from leads where tenant_id = $1', [mine.tenantId])).toHaveLength(1);
      expect(await leads.told(leadCreated, mine.tenantId)).toHaveLength(1);
    });

    it('answers a repeated key the same, without another lead', async () => {
      const first = await create({ email: 'key@a.example' }, caller, 'k1');
      expect(await create({ email: 'key@a.example' }, caller, 'k1')).toEqual(first);
    });

    it.each([{ notes: 'a\u0000b' }, { notes: '\ud800' }, { customFields: { k: { deep: 'x\u0000' } } }])('refuses text that Postgres does not store: %j', async (fields) => {
      await expect(create({ email: 'nul@a.example', ...fields })).rejects.toMatchObject({ code: 'request.invalid' });
    });

    it("reads phones by the tenant's country", async () => {
      const mine = leads.caller();
      await leads.publish(tenantCreated, { tenantId: mine.tenantId, aggregateId: mine.tenantId, payload: { name: 'A', slug: 'a', country: 'ES', timeZone: 'Europe/Madrid' } });
      await until('the country is known', async () => (await leads.rows(`select 1 from tenant_settings where tenant_id = $1 and country = 'ES'`, [mine.tenantId])).length);
      expect(await create({ phone: '612 34 56 78' }, mine)).toMatchObject({ phone: '+34612345678' });
    });
  });

  describe('update and move', () => {
    let lead: LeadView;
    beforeAll(async () => {
      caller = leads.caller();
      lead = await create({ email: 'u@a.example', city: 'Leeds' });
    });
    const update = (fields: object) => leads.call(operations.updateLead, { leadId: lead.id, ...fields }, caller);
    const move = (stage: string, as = caller) => leads.call(operations.moveLead, { leadId: lead.id, stage }, as);

    it('changes what is named, empties what is empty, and tells only of a change', async () => {
      expect(await update({ firstName: 'Ana', city: '' })).toMatchObject({ firstName: 'Ana', city: null, email: 'u@a.example' });
      await update({ firstName: 'Ana' });
      expect(await leads.told(leadUpdated, caller.tenantId)).toMatchObject([{ aggregateId: lead.id, payload: { firstName: 'Ana', city: null } }]);
    });

    it('refuses the contact of another lead, naming it, and a wrong phone', async () => {
      const other = await create({ email: 'other@a.example' });
      await expect(update({ email: 'other@a.example' })).rejects.toMatchObject({ code: 'leads.duplicate', details: { extra: { leadId: other.id } } });
      await expect(update({ phone: 'call me' })).rejects.toMatchObject({ code: 'leads.phone-invalid' });
    });

    it('moves to a stage of the tenant, back too, and to no other', async () => {
      const moved = await move('proposal');
      expect(moved.stage).toBe('proposal');
      expect(moved.stageEnteredAt > lead.stageEnteredAt).toBe(true);
      await move('proposal');
      expect(await move('contacted')).toMatchObject({ stage: 'contacted' });
      await expect(move('nowhere')).rejects.toMatchObject({ code: 'leads.unknown-stage' });
      expect((await leads.told(leadStageChanged, caller.tenantId)).map(({ payload }) => payload)).toEqual([
        { from: 'new', to: 'proposal', by: 'person' },
        { from: 'proposal', to: 'contacted', by: 'person' },
      ]);
    });

    it('shows another tenant nothing of it', async () => {
      const other = leads.caller();
      const notFound = { code: 'resource.not-found' };
      await expect(leads.call(operations.getLead, { leadId: lead.id }, other)).rejects.toMatchObject(notFound);
      await expect(leads.call(operations.updateLead, { leadId: lead.id, firstName: 'Eve' }, other)).rejects.toMatchObject(notFound);
      await expect(leads.call(operations.getTimeline, { leadId: lead.id }, other)).rejects.toMatchObject(notFound);
      await expect(move('won', other)).rejects.toMatchObject(notFound);
      expect((await leads.call(operations.listLeads, {}, other)).items).toEqual([]);
      expect((await leads.callAsService(operations.selectSegment, { filter: {}, limit: 10 }, other.tenantId)).items).toEqual([]);
      await expect(create({ email: 'u@a.example' }, other)).resolves.toMatchObject({ email: 'u@a.example' });
    });
  });

  describe('list', () => {
    const names = (page: { items: LeadView[] }) => page.items.map(({ firstName }) => firstName);
    const list = (input: ListLeads) => leads.call(operations.listLeads, input, caller);

    beforeAll(async () => {
      caller = leads.caller();
      const solar = { industry: 'Solar', city: 'Leeds', country: 'United Kingdom', source: 'fair', tags: ['vip', 'a'] };
      await create({ firstName: 'A', email: 'a@l.example', ...solar });
      await create({ firstName: 'B', phone: '+12025550103', industry: 'Dental' });
      await create({ firstName: 'C', email: 'c@l.example', phone: '+12025550104', city: 'Leeds' });
      await leads.rows(`update leads set lead_score = case first_name when 'A' then 50.5 when 'B' then 90 else 50.5 end, temperature = case first_name when 'B' then 'hot' else 'cold' end where tenant_id = $1`, [caller.tenantId]);
    });

    it.each<[ListLeads, string[]]>([
      [{}, ['C', 'B', 'A']],
      [{ sort: 'score' }, ['B', 'C', 'A']],
      [{ stage: 'new', status: 'active' }, ['C', 'B', 'A']],
      [{ stage: 'won' }, []],
      [{ temperature: 'hot' }, ['B']],
      [{ industry: 'Solar' }, ['A']],
      [{ city: 'Leeds' }, ['C', 'A']],
      [{ country: 'GB' }, ['A']],
      [{ country: 'Reino Unido' }, ['A']],
      [{ source: 'fair' }, ['A']],
      [{ tag: 'vip' }, ['A']],
      [{ hasEmail: true, hasPhone: true }, ['C']],
      [{ hasEmail: false }, ['B']],
      [{ minScore: 60 }, ['B']],
      [{ city: 'Leeds', hasPhone: false }, ['A']],
    ])('%j answers %j', async (filter, wanted) => {
      expect(names(await list(filter))).toEqual(wanted);
    });

    it.each([{ sort: 'newest' }, { sort: 'score' }])('goes through every lead once, page by page: %j', async (order) => {
      const all = names(await list(order));
      const paged: (string | null)[] = [];
      let cursor: string | undefined;
      do {
        const page = await list({ ...order, limit: 1, ...(cursor && { cursor }) });
        paged.push(...names(page));
        cursor = page.nextCursor ?? undefined;
      } while (cursor);
      expect(paged).toEqual(all);
    });

    it('refuses a cursor that it did not give out', async () => {
      const { nextCursor } = await list({ limit: 1 });
      for (const [sort, cursor] of [['newest', 'nonsense'], ['score', nextCursor!], ['newest', Buffer.from('["x"]').toString('base64url')]] as const) {
        await expect(list({ sort, cursor })).rejects.toMatchObject({ code: 'request.bad-cursor' });
      }
    });

    it('gives a segment out oldest first, to services only', async () => {
      const first = await leads.callAsService(operations.selectSegment, { filter: { city: 'Leeds' }, limit: 1 }, caller.tenantId);
      expect(names(first)).toEqual(['A']);
      const second = await leads.callAsService(operations.selectSegment, { filter: { city: 'Leeds' }, limit: 1, cursor: first.nextCursor! }, caller.tenantId);
      expect([names(second), second.nextCursor]).toEqual([['C'], null]);
      await expect(leads.call(operations.selectSegment, { filter: {}, limit: 1 }, caller)).rejects.toMatchObject({ code: 'auth.forbidden' });
    });

    it('ends a page early where it would not fit into one message', async () => {
      const mine = leads.caller();
      for (let at = 0; at < 40; at++) await create({ email: `long${at}@l.example`, notes: 'ñ'.repeat(20_000) }, mine);
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await leads.callAsService(operations.selectSegment, { filter: {}, limit: 500, ...(cursor && { cursor }) }, mine.tenantId);
        expect(page.items.length).toBeLessThan(40);
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor ?? undefined;
      } while (cursor);
      expect(new Set(seen).size).toBe(40);
    });

    it('needs the capability', async () => {
      const blind = { ...leads.caller(caller.tenantId, []), tenantId: caller.tenantId };
      await expect(leads.call(operations.listLeads, {}, blind)).rejects.toMatchObject({ code: 'auth.forbidden' });
    });
  });

  it('reads pages from an index that begins with the tenant', async () => {
    const indexes = await leads.rows<{ indexdef: string }>(`select indexdef from pg_indexes where schemaname = 'leads' and tablename like 'lead%' and indexname <> 'lead_imports_open'`);
    expect(indexes.length).toBeGreaterThan(15);
    for (const { indexdef } of indexes) expect(indexdef).toMatch(/\(tenant_id/);
  });
});
