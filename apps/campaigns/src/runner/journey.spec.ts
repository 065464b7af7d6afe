import {
  callCompleted, callFailed, callRequested, campaignCompleted, campaignPaused, campaignStarted, enrolmentCompleted, enrolmentStopped,
  leadEnrolled, messageSent, stepExecuted, stepFailed, stepSkipped, type CallEnded,
} from '#leadwire/contracts';
import { newId } from '#leadwire/kernel';
import { until } from '#leadwire/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lead, startCampaigns, type CampaignsHarness } from '../campaigns.harness.js';
import { CALL, CampaignScenario, delay, MAIL } from '../campaigns-scenario.harness.js';

describe('a campaign under way', { timeout: 60_000 }, () => {
  let harness: CampaignsHarness;
  beforeAll(async () => {
    harness = await startCampaigns();
  });
  afterAll(() => harness.stop());

  const told = (event: Parameters<typeof harness.service.told>[0], tenantId: string) => harness.service.told(event, tenantId);

  async function callEnd(scenario: CampaignScenario, enrolmentId: string, status: string): Promise<CallEnded> {
    const request = await until('the call is asked for', async () =>
      (await harness.service.told(callRequested, scenario.tenantId)).find((event) => event.aggregateId === enrolmentId),
    );
    const { leadId, campaignId, stepId, to } = request.payload;
    return { leadId, campaignId, campaignLeadId: enrolmentId, campaignStepId: stepId, to, status, endReason: 'hangup', durationSeconds: 60 };
  }

  it('mails, waits, asks for a call, and is completed by the end of the call, though it is told twice', async () => {
    const ana = lead({ companyName: 'Müller & Söhne <GmbH>' });
    const scenario = await CampaignScenario.start(harness, [MAIL, delay(1), CALL], [ana]);
    const { tenantId } = scenario;
    const mail = await scenario.mailTo(ana.email!);
    expect(mail.headers).toMatchObject({ 'reply-to': 'reply@in.leadwire.example', 'list-unsubscribe-post': 'List-Unsubscribe=One-Click' });
    expect(mail.headers['list-unsubscribe']).toMatch(/^<https:\/\/api\.leadwire\.example\/v1\/unsubscribe\/[\w.-]+>$/);
    const enrolment = await scenario.reaches(ana.id, 'waiting', 3);
    const payload = await callEnd(scenario, enrolment.id, 'completed');
    expect(payload.to).toBe(ana.phone);
    const callId = newId();
    const id = await harness.service.publish(callCompleted, { tenantId, aggregateId: callId, payload });
    await harness.service.publish(callCompleted, { tenantId, aggregateId: callId, payload, id, dedupe: false });
    await harness.service.publish(callFailed, { tenantId, aggregateId: callId, payload: { ...payload, status: 'failed' } });
    const campaign = await scenario.completes();
    await until('all three are handled', async () => (await harness.service.rows(`select 1 from inbox where tenant_id = $1`, [tenantId])).length === 2);
    expect(campaign.progress).toMatchObject({ enrolled: 1, completed: 1, mailsSent: 1, callsRequested: 1, active: 0, waiting: 0 });
    expect(await scenario.activities()).toMatchObject([
      { stepType: 'email_send', channel: 'email', status: 'sent', reference: mail.messageId, subject: 'A question for Müller & Söhne <GmbH>' },
      { stepType: 'voice_agent_call', channel: 'voice', status: 'completed', reference: callId, detail: 'completed: hangup' },
    ]);
    const fact = { campaignId: scenario.campaignId, leadId: ana.id, reason: null };
    expect(await told(leadEnrolled, tenantId)).toMatchObject([{ aggregateId: enrolment.id, sequence: 1, payload: fact }]);
    expect(await told(messageSent, tenantId)).toMatchObject([{ payload: { channel: 'email', messageId: mail.messageId } }]);
    expect((await told(stepExecuted, tenantId)).map(({ payload: { stepType } }: any) => stepType)).toEqual(['email_send', 'delay', 'voice_agent_call']);
    expect(await told(enrolmentCompleted, tenantId)).toMatchObject([{ payload: fact }]);
    expect(await told(campaignStarted, tenantId)).toMatchObject([{ payload: { name: 'Spring', enrolled: 1 } }]);
    expect(await told(campaignCompleted, tenantId)).toMatchObject([{ payload: { enrolled: 1 } }]);
    const raw = await (await fetch(`${harness.mail.url}/_local/messages/${mail.id}/raw`)).text();
    expect(raw).toContain('text/plain');
    expect(raw).toContain('text/html');
    expect(raw).not.toContain('<GmbH>?<br>');
  });

  it('takes many short steps without waiting for a lease to end', async () => {
    const scenario = await CampaignScenario.start(harness, Array.from({ length: 12 }, () => delay(0)), Array.from({ length: 30 }, () => lead()));
    const began = await until('it begins', async () => (await scenario.enrolments()).length === 30 && Date.now());
    await scenario.completes();
    expect(await told(stepExecuted, scenario.tenantId)).toHaveLength(360);
    const [lost] = await harness.service.rows(
      `select 1 from campaign_leads where campaign_id = $1 and (claimed_by is not null or completed_at > $2::timestamptz + interval '30 seconds')`,
      [scenario.campaignId, new Date(began).toISOString()],
    );
    expect(lost).toBeUndefined();
  });

  it('goes on after a call without a conversation, with what became of it', async () => {
    const ana = lead();
    const scenario = await CampaignScenario.start(harness, [CALL], [ana]);
    const { id } = await scenario.reaches(ana.id, 'waiting');
    const payload = await callEnd(scenario, id, 'busy');
    await harness.service.publish(callFailed, { tenantId: scenario.tenantId, aggregateId: newId(), payload });
    await scenario.completes();
    expect(await scenario.activities()).toMatchObject([{ status: 'failed', detail: 'busy: hangup' }]);
    expect(await told(stepExecuted, scenario.tenantId)).toMatchObject([{ payload: { reason: 'busy' } }]);
  });

  it('holds a lead without a value for a variable, and sends nothing', async () => {
    const [whole, blank] = [lead(), lead({ companyName: ' ' })];
    const scenario = await CampaignScenario.start(harness, [MAIL], [whole, blank]);
    const held = await scenario.reaches(blank.id, 'held');
    expect(held.reason).toBe('missing variable companyName');
    const { progress } = await scenario.completes();
    expect(progress).toMatchObject({ enrolled: 2, completed: 1, held: 1, mailsSent: 1 });
    expect(await scenario.mailsTo(blank.email!)).toEqual([]);
    expect(await told(stepSkipped, scenario.tenantId)).toMatchObject([{ aggregateId: held.id, payload: { reason: held.reason } }]);
    expect((await scenario.activities()).find(({ leadId }) => leadId === blank.id)).toMatchObject({ status: 'skipped', detail: held.reason });
  });

  it('passes the call of a lead without a phone and the mail of one without an address', async () => {
    const [mute, unwritten] = [lead({ phone: null }), lead({ email: null })];
    const scenario = await CampaignScenario.start(harness, [MAIL, CALL], [mute, unwritten]);
    await scenario.reaches(mute.id, 'completed');
    await scenario.reaches(unwritten.id, 'waiting');
    expect((await told(stepSkipped, scenario.tenantId)).map(({ payload: { reason } }: any) => reason).sort()).toEqual([
      'the lead has no mail address', 'the lead has no phone number',
    ]);
  });

  it('tries again what a server refuses for now, and fails what it refuses for good', async () => {
    const [grey, gone] = [lead({ email: `greylist+${newId()}@x.example` }), lead({ email: `bounce-5xx+${newId()}@x.example` })];
    const scenario = await CampaignScenario.start(harness, [MAIL, CALL], [grey, gone]);
    await scenario.reaches(grey.id, 'waiting', 2);
    const failed = await scenario.reaches(gone.id, 'failed');
    expect(failed.reason).toContain('550');
    expect(await scenario.mailsTo(grey.email!)).toHaveLength(1);
    const statuses = (await scenario.activities()).filter(({ leadId, channel }) => leadId === grey.id && channel === 'email');
    expect(statuses.map(({ status }) => status)).toEqual(['deferred', 'sent']);
    expect(await told(stepFailed, scenario.tenantId)).toHaveLength(1);
    expect(await told(enrolmentStopped, scenario.tenantId)).toMatchObject([{ aggregateId: failed.id }]);
  });

  it('does nothing while it is paused, and goes on when it is resumed', async () => {
    const leads = Array.from({ length: 200 }, () => lead());
    const scenario = await CampaignScenario.start(harness, [MAIL], leads);
    await until('some are sent', async () => (await scenario.campaign()).progress.mailsSent > 5);
    const asked = Date.now();
    expect((await scenario.move('pauseCampaign')).status).toBe('paused');
    expect(Date.now() - asked).toBeLessThan(1_000);
    await until('what had begun is written down', async () =>
      (await harness.service.rows(`select 1 from campaign_lead_activities where tenant_id = $1 and status = 'queued'`, [scenario.tenantId])).length === 0,
    );
    const { mailsSent } = (await scenario.campaign()).progress;
    expect(mailsSent).toBeLessThan(200);
    // Another campaign goes through the same runner meanwhile: the paused one had its chances.
    const other = await CampaignScenario.start(harness, [MAIL], [lead()]);
    await other.completes();
    expect((await scenario.campaign()).progress.mailsSent).toBe(mailsSent);
    await expect(scenario.move('pauseCampaign')).rejects.toMatchObject({ code: 'campaigns.wrong-state' });
    await scenario.move('resumeCampaign');
    expect((await scenario.completes()).progress.mailsSent).toBe(200);
    expect(await told(messageSent, scenario.tenantId)).toHaveLength(200);
    expect(await told(campaignPaused, scenario.tenantId)).toHaveLength(1);
    expect(await told(campaignCompleted, scenario.tenantId)).toHaveLength(1);
    await expect(scenario.move('startCampaign')).rejects.toMatchObject({ code: 'campaigns.wrong-state' });
  });
});
