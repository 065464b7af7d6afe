import { campaignsOperations as operations, type CampaignStep } from '#leadwire/contracts';
import { newId } from '#leadwire/kernel';
import type { ServiceHarness } from '#leadwire/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lead, startCampaigns, type CampaignsHarness } from '../campaigns.harness.js';
import { CALL, CampaignScenario, delay, MAIL } from '../campaigns-scenario.harness.js';

describe('templates and campaigns', () => {
  let harness: CampaignsHarness;
  let service: ServiceHarness;
  beforeAll(async () => {
    harness = await startCampaigns();
    ({ service } = harness);
  });
  afterAll(() => harness.stop());

  const template = { key: 'first-touch', subject: 'Hello {{ firstName }}', body: 'How is {{ companyName }}?' };

  it('keeps a template with the variables it uses, once per key', async () => {
    const caller = service.caller();
    const kept = await service.call(operations.createTemplate, template, caller);
    expect(kept).toMatchObject({ ...template, channel: 'email', language: 'en', variables: ['firstName', 'companyName'] });
    await expect(service.call(operations.createTemplate, template, caller)).rejects.toMatchObject({ code: 'campaigns.template-key-taken' });
    await expect(service.call(operations.createTemplate, template, service.caller())).resolves.toMatchObject({ key: template.key });
  });

  it.each([
    ['syntax', { body: '{% if title %}' }, 'body'],
    ['an unknown variable', { subject: '{{ nickname }}' }, 'subject'],
  ])('refuses a template for %s', async (_, wrong, field) => {
    await expect(service.call(operations.createTemplate, { ...template, ...wrong }, service.caller())).rejects.toMatchObject({
      code: 'campaigns.bad-template', details: { errors: [{ field }] },
    });
  });

  const create = (steps: CampaignStep[], caller = service.caller()) =>
    service.call(operations.createCampaign, { name: 'Spring', steps, segment: { filter: { city: 'Lima' }, limit: 10 } }, caller);

  it.each([
    ['no steps', [], 'campaigns.no-steps', undefined],
    ['an unknown type', [delay(1), { type: 'telegram_send' }], 'campaigns.unknown-step-type', 'steps.1.type'],
    ['a name of every object', [{ type: 'constructor' }], 'campaigns.unknown-step-type', 'steps.0.type'],
    ['a delay without seconds', [{ type: 'delay' }], 'campaigns.bad-step-config', 'steps.0.config.seconds'],
    ['a negative delay', [delay(-1)], 'campaigns.bad-step-config', 'steps.0.config.seconds'],
    ['a delay past a year', [delay(31_536_001)], 'campaigns.bad-step-config', 'steps.0.config.seconds'],
    ['a delay in text', [{ type: 'delay', config: { seconds: '5' } }], 'campaigns.bad-step-config', 'steps.0.config.seconds'],
    ['a call without agent', [{ type: CALL.type, config: { fromNumberId: newId() } }], 'campaigns.bad-step-config', 'steps.0.config.agentId'],
    ['a setting of another type', [{ ...MAIL, config: { ...MAIL.config, seconds: 1 } }], 'campaigns.bad-step-config', 'steps.0.config.seconds'],
    ['an unknown template', [delay(1), MAIL], 'campaigns.unknown-template', 'steps.1.config.templateKey'],
  ] as [string, CampaignStep[], string, string | undefined][])('refuses a campaign with %s', async (_, steps, code, field) => {
    const caller = service.caller();
    const refusal = await create(steps, caller).catch((error: unknown) => error as { code: string; details: { errors?: { field: string }[] } });
    expect(refusal).toMatchObject({ code });
    expect((refusal as { details: { errors?: { field: string }[] } }).details.errors?.[0]?.field).toBe(field);
    expect((await service.call(operations.listCampaigns, {}, caller)).items).toEqual([]);
  });

  it('makes a draft that reads back as it was given, page by page', async () => {
    const caller = service.caller();
    await service.call(operations.createTemplate, template, caller);
    const steps = [MAIL, { ...delay(60), title: 'A minute' }, CALL];
    const made = [await create(steps, caller), await create([delay(0)], caller), await create([delay(1)], caller)];
    expect(made[0]).toMatchObject({ status: 'draft', steps, segment: { filter: { city: 'Lima' }, limit: 10 }, startedAt: null, completedAt: null });
    expect(made[0]!.progress).toEqual({
      enrolled: 0, active: 0, waiting: 0, held: 0, completed: 0, stopped: 0, failed: 0, mailsSent: 0, callsRequested: 0, replies: 0, unsubscribes: 0,
    });
    expect(await service.call(operations.getCampaign, { campaignId: made[0]!.id }, caller)).toEqual(made[0]);
    const first = await service.call(operations.listCampaigns, { limit: 2 }, caller);
    const second = await service.call(operations.listCampaigns, { limit: 2, cursor: first.nextCursor! }, caller);
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(made.map(({ id }) => id).reverse());
    expect(second.nextCursor).toBeNull();
    await expect(service.call(operations.listCampaigns, { cursor: 'nonsense' }, caller)).rejects.toMatchObject({ code: 'request.bad-cursor' });
  });

  it('starts once for a repeated Idempotency-Key, and refuses another start', async () => {
    const scenario = await CampaignScenario.create(harness, [delay(0)], [lead()]);
    const start = (key: string) => service.call(operations.startCampaign, { campaignId: scenario.campaignId }, scenario.caller, key);
    expect(await start('a')).toEqual(await start('a'));
    await expect(start('b')).rejects.toMatchObject({ code: 'campaigns.wrong-state' });
    await expect(scenario.move('resumeCampaign')).rejects.toMatchObject({ code: 'campaigns.wrong-state' });
  });

  it('shows and gives nothing to another tenant, nor to who may not', async () => {
    const scenario = await CampaignScenario.start(harness, [MAIL], [lead()]);
    await scenario.completes();
    const stranger = service.caller();
    const { campaignId } = scenario;
    for (const name of ['getCampaign', 'startCampaign', 'pauseCampaign', 'resumeCampaign', 'listEnrolments', 'listActivities'] as const) {
      await expect(service.call(operations[name], { campaignId }, stranger)).rejects.toMatchObject({ code: 'resource.not-found' });
      await expect(service.call(operations[name], { campaignId: newId() }, stranger)).rejects.toMatchObject({ code: 'resource.not-found' });
      await expect(service.call(operations[name], { campaignId }, service.caller(scenario.tenantId, []))).rejects.toMatchObject({ code: 'auth.forbidden' });
    }
    expect((await service.call(operations.listCampaigns, {}, stranger)).items).toEqual([]);
    await expect(create([MAIL], stranger)).rejects.toMatchObject({ code: 'campaigns.unknown-template' });
  });
});
