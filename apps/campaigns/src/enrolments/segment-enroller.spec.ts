import { campaignCompleted, campaignStarted, campaignsOperations as operations, leadEnrolled } from '#leadwire/contracts';
import { newId } from '#leadwire/kernel';
import { until } from '#leadwire/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lead, startCampaigns, type CampaignsHarness } from '../campaigns.harness.js';
import { CampaignScenario, delay } from '../campaigns-scenario.harness.js';
import { Database } from '#leadwire/database';
import { Outbox } from '#leadwire/messaging';
import { enrolPage } from './enrol-page.js';
import { claimRun } from './enrolment-run.js';
import { SegmentEnroller } from './segment-enroller.js';

const HOUR = delay(3_600);

describe('enrolling a segment', () => {
  let harness: CampaignsHarness;
  beforeAll(async () => {
    harness = await startCampaigns();
  });
  afterAll(() => harness.stop());

  const enrolledEvents = async (tenantId: string) => (await harness.service.told(leadEnrolled, tenantId)).length;
  const started = (tenantId: string) =>
    until('the segment is enrolled', async () => (await harness.service.told(campaignStarted, tenantId))[0]?.payload.enrolled);

  it('takes exactly as many as the limit over several pages, and answers before', async () => {
    harness.leads.asked.length = 0;
    const scenario = await CampaignScenario.create(harness, [HOUR], Array.from({ length: 1_200 }, () => lead()), 1_100);
    expect(await scenario.move('startCampaign')).toMatchObject({ status: 'running', progress: { enrolled: 0 } });
    expect(await started(scenario.tenantId)).toBe(1_100);
    expect(harness.leads.asked.map(({ limit }) => limit)).toEqual([500, 500, 100]);
    expect((await scenario.campaign()).progress.enrolled).toBe(1_100);
    expect(await enrolledEvents(scenario.tenantId)).toBe(1_100);
    const ids = new Set<string>();
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const input = { campaignId: scenario.campaignId, limit: 200, ...(cursor && { cursor }) };
      const page = await harness.service.call(operations.listEnrolments, input, scenario.caller);
      for (const { id } of page.items) ids.add(id);
      cursor = page.nextCursor;
    }
    expect(ids.size).toBe(1_100);
  });

  it('enrols a lead once though two pages hold it, and tells the true count', async () => {
    const twice = lead();
    const scenario = await CampaignScenario.start(harness, [HOUR], [twice, ...Array.from({ length: 600 }, () => lead()), twice]);
    expect(await started(scenario.tenantId)).toBe(601);
    expect(await enrolledEvents(scenario.tenantId)).toBe(601);
  });

  it('completes a campaign whose segment is empty', async () => {
    const scenario = await CampaignScenario.start(harness, [HOUR], []);
    await scenario.completes();
    expect(await harness.service.told(campaignCompleted, scenario.tenantId)).toMatchObject([{ payload: { enrolled: 0 } }]);
  });

  it('goes on where a dead process stopped, and lets a late one enrol nothing', async () => {
    const { app } = harness.service.service;
    const [database, outbox, enroller] = [app.get(Database), app.get(Outbox), app.get(SegmentEnroller)];
    await enroller.stop();
    const leads = Array.from({ length: 700 }, () => lead());
    const scenario = await CampaignScenario.start(harness, [HOUR], leads);
    const dead = newId();
    const run = (await database.forPlatform((tx) => claimRun(tx, dead, 50)))!;
    expect(run.campaignId).toBe(scenario.campaignId);
    const page = { items: leads.slice(0, 500), nextCursor: '500' };
    await enroller.start();
    expect(await started(scenario.tenantId)).toBe(700);
    const late = await database.forTenantAsService(scenario.tenantId, (tx) => enrolPage(tx, outbox, run, dead, page));
    expect(late).toBe(0);
    expect(await enrolledEvents(scenario.tenantId)).toBe(700);
    expect(await harness.service.told(campaignStarted, scenario.tenantId)).toHaveLength(1);
  });
});
