import { messageSent, stepExecuted } from '#leadwire/contracts';
import { newId } from '#leadwire/kernel';
import { bootstrap, type RunningService } from '#leadwire/service-kit';
import { until } from '#leadwire/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lead, startCampaigns, type CampaignsHarness } from '../campaigns.harness.js';
import { CampaignsModule } from '../campaigns.module.js';
import { startLocalMail } from '../mail/local-mail/mail-server.js';
import { CampaignScenario, MAIL } from '../campaigns-scenario.harness.js';
import { BeginStep } from './begin-step.js';
import { EnrolmentClaims } from './enrolment-claims.js';
import { SendMail } from './send-mail.js';
import { StepRunner } from './step-runner.js';

describe('no mail is sent twice, and none is lost', { timeout: 60_000 }, () => {
  let harness: CampaignsHarness;
  let others: RunningService[];
  beforeEach(() => {
    others = [];
  });
  afterEach(async () => {
    for (const other of others) await other.stop();
    await harness.stop();
  });

  const runner = () => harness.service.service.app.get(StepRunner);

  /** As a process that claimed, stored its intent, and was killed: before the act, or after it but before its outcome. */
  async function dieWithAnIntent(after: 'the intent' | 'the act') {
    harness = await startCampaigns({ CAMPAIGNS_RUNNER_LEASE_MS: '1500' });
    await runner().stop();
    const ana = lead();
    const scenario = await CampaignScenario.start(harness, [MAIL], [ana]);
    await until('the lead is enrolled', async () => (await scenario.enrolments()).length);
    const { app } = harness.service.service;
    const claims = app.get(EnrolmentClaims);
    const [claimed] = await claims.claim(1);
    const act = await app.get(BeginStep).execute(claimed!, claims.claimedBy, false);
    expect(act).toMatchObject({ do: 'send' });
    if (after === 'the act') expect(await app.get(SendMail).execute(act!.intent)).toMatchObject({ is: 'sent' });
    // The next process has a name of its own and does not know what this one had in hand.
    others.push(await bootstrap(CampaignsModule));
    return { ana, scenario };
  }

  it.each(['the intent', 'the act'] as const)('when its process was killed after %s', async (moment) => {
    const { ana, scenario } = await dieWithAnIntent(moment);
    await scenario.completes();
    const mails = await scenario.mailsTo(ana.email!);
    expect(mails).toHaveLength(1);
    expect(await scenario.activities()).toMatchObject([{ status: 'sent', reference: mails[0]!.messageId }]);
    expect(await harness.service.told(messageSent, scenario.tenantId)).toHaveLength(1);
  });

  it('not even when the lead left while the process was dead', async () => {
    const { ana, scenario } = await dieWithAnIntent('the intent');
    const [enrolment] = await scenario.enrolments();
    await harness.service.rows(`update campaign_leads set status = 'stopped', reason = 'unsubscribed' where id = $1`, [enrolment!.id]);
    await scenario.completes();
    expect(await scenario.mailsTo(ana.email!)).toEqual([]);
    expect(await scenario.activities()).toMatchObject([{ status: 'skipped' }]);
  });

  it('a process that lost its claim begins nothing', async () => {
    harness = await startCampaigns();
    await runner().stop();
    const scenario = await CampaignScenario.start(harness, [MAIL], [lead()]);
    await until('the lead is enrolled', async () => (await scenario.enrolments()).length);
    const { app } = harness.service.service;
    const [claimed] = await app.get(EnrolmentClaims).claim(1);
    expect(await app.get(BeginStep).execute(claimed!, newId(), false)).toBeUndefined();
    expect(await scenario.activities()).toEqual([]);
  });

  it('when the line breaks: what arrived is not repeated, what vanished is sent again a few times and then given up', async () => {
    harness = await startCampaigns({ CAMPAIGNS_RUNNER_GRACE_MS: '60' });
    const [dropped, vanished] = [lead({ email: `drop+${newId()}@x.example` }), lead({ email: `vanish+${newId()}@x.example` })];
    const scenario = await CampaignScenario.start(harness, [MAIL], [dropped, vanished]);
    await scenario.completes();
    expect(await scenario.mailsTo(dropped.email!)).toHaveLength(1);
    const statusOf = async (id: string) => (await scenario.activities()).filter(({ leadId }) => leadId === id).map(({ status }) => status);
    expect(await statusOf(dropped.id)).toEqual(['sent']);
    expect(await statusOf(vanished.id)).toEqual(['sent-unknown']);
    expect(await harness.service.told(messageSent, scenario.tenantId)).toHaveLength(1);
    const done = await harness.service.told(stepExecuted, scenario.tenantId);
    expect(done.map(({ payload }) => payload.reason).sort()).toEqual([null, 'sent-unknown'].sort());
  });

  it('when the line breaks and the server cannot be asked: never again', async () => {
    harness = await startCampaigns({ CAMPAIGNS_MAIL_LOOKUP_URL: '' });
    const dropped = lead({ email: `drop+${newId()}@x.example` });
    const scenario = await CampaignScenario.start(harness, [MAIL], [dropped]);
    await scenario.completes();
    expect(await scenario.mailsTo(dropped.email!)).toHaveLength(1);
    expect(await scenario.activities()).toMatchObject([{ status: 'sent-unknown' }]);
  });

  it('when the server is away: each mail waits and leaves once', async () => {
    const late = { host: '127.0.0.1', httpPort: 0, inbound: null, storeFile: null };
    const before = await startLocalMail({ ...late, smtpPort: 0 });
    await before.close();
    harness = await startCampaigns({ CAMPAIGNS_SMTP_URL: before.smtpUrl });
    const ana = lead();
    const scenario = await CampaignScenario.start(harness, [MAIL], [ana]);
    await until('it was tried in vain', async () => (await scenario.activities())[0]?.status === 'deferred');
    expect((await scenario.enrolments())[0]).toMatchObject({ status: 'active' });
    const mail = await startLocalMail({ ...late, smtpPort: Number(new URL(before.smtpUrl).port) });
    await scenario.completes();
    expect(await (await fetch(`${mail.url}/_local/messages/count`)).json()).toEqual({ count: 1 });
    expect(await scenario.activities()).toMatchObject([{ status: 'sent' }]);
    await mail.close();
  });

  it('when two instances race for 300 enrolments, each recipient gets one', async () => {
    harness = await startCampaigns();
    others.push(await bootstrap(CampaignsModule));
    const leads = Array.from({ length: 300 }, (_, n) => lead({ email: `lead-${n}@customer.example` }));
    const scenario = await CampaignScenario.create(harness, [MAIL], leads);
    await scenario.move('startCampaign');
    const { progress } = await scenario.completes();
    expect(progress).toMatchObject({ enrolled: 300, completed: 300, mailsSent: 300 });
    const { messages } = (await (await fetch(`${harness.mail.url}/_local/messages?limit=1000`)).json()) as { messages: { envelope: { to: string[] } }[] };
    expect(messages).toHaveLength(300);
    expect(new Set(messages.map(({ envelope }) => envelope.to[0])).size).toBe(300);
    expect(await harness.service.told(messageSent, scenario.tenantId)).toHaveLength(300);
  });

  // Processor time, of the service and the mail server together: what other work on the machine does not change much.
  it('sends 300 mails with less than five seconds of work', async () => {
    harness = await startCampaigns();
    const scenario = await CampaignScenario.create(harness, [MAIL], Array.from({ length: 300 }, () => lead()));
    const before = process.cpuUsage();
    await scenario.move('startCampaign');
    expect((await scenario.completes()).progress.mailsSent).toBe(300);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(5_000);
  });
});
