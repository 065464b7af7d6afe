import { callRequested, campaignsOperations as operations, contactSuppressed, enrolmentStopped, messageReplied } from '#leadwire/contracts';
import { newId } from '#leadwire/kernel';
import { until } from '#leadwire/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { INBOUND_SECRET, lead, startCampaigns, type CampaignsHarness } from '../campaigns.harness.js';
import { CALL, CampaignScenario, delay, MAIL } from '../campaigns-scenario.harness.js';
import { signWebhook } from '../mail/standard-webhook.js';

describe('what comes back from those we wrote to', () => {
  let harness: CampaignsHarness;
  beforeAll(async () => {
    harness = await startCampaigns();
  });
  afterAll(() => harness.stop());

  const raw = { rawBody: Buffer.from('List-Unsubscribe=One-Click').toString('base64'), headers: {}, requestUrl: 'https://api.leadwire.example' };
  const unsubscribe = (token: string) => harness.service.call(operations.unsubscribe, { ...raw, token });
  const suppressions = async (scenario: CampaignScenario) => (await harness.service.call(operations.listSuppressions, {}, scenario.caller)).items;
  const stops = (scenario: CampaignScenario) => harness.service.told(enrolmentStopped, scenario.tenantId);

  /** A lead that has got the mail and is in the delay before the call, and one that goes on. */
  async function inTheDelay(seconds = 1) {
    const [ana, ben] = [lead({ email: `Ana.${newId()}@Customer.example` }), lead()];
    const scenario = await CampaignScenario.start(harness, [MAIL, delay(seconds), CALL], [ana, ben]);
    const mail = await scenario.mailTo(ana.email!.toLowerCase());
    await scenario.reaches(ana.id, 'waiting', 2);
    const token = /unsubscribe\/([\w.-]+)>/.exec(mail.headers['list-unsubscribe']!)![1]!;
    return { ana, ben, scenario, mail, token };
  }

  async function onlyBenIsCalled({ scenario, ana, ben }: Awaited<ReturnType<typeof inTheDelay>>, reason: string) {
    await scenario.reaches(ben.id, 'waiting', 3);
    await scenario.reaches(ana.id, 'stopped');
    expect((await harness.service.told(callRequested, scenario.tenantId)).map(({ payload }) => payload.leadId)).toEqual([ben.id]);
    expect(await stops(scenario)).toMatchObject([{ payload: { leadId: ana.id, reason } }]);
  }

  it('one click unsubscribes: no call, a suppression, told once however often it is pressed', async () => {
    const way = await inTheDelay();
    const { scenario, ana, token } = way;
    for (let n = 0; n < 3; n++) expect(await unsubscribe(token)).toEqual({ status: 'unsubscribed' });
    await Promise.all([unsubscribe(token), unsubscribe(token)]);
    await onlyBenIsCalled(way, 'unsubscribed');
    const address = ana.email!.toLowerCase();
    expect(await suppressions(scenario)).toMatchObject([{ address, reason: 'unsubscribed' }]);
    expect(await harness.service.told(contactSuppressed, scenario.tenantId)).toMatchObject([{ payload: { address, reason: 'unsubscribed', leadId: ana.id } }]);
    expect((await scenario.campaign()).progress).toMatchObject({ unsubscribes: 1, stopped: 1 });
  });

  it('a suppressed address gets nothing from any later campaign of the tenant, but from another tenant', async () => {
    const { scenario, ana, token } = await inTheDelay(60);
    await unsubscribe(token);
    harness.leads.give(scenario.tenantId, [ana]);
    const { id: campaignId } = await harness.service.call(operations.createCampaign, { name: 'Later', steps: [MAIL], segment: { filter: {} } }, scenario.caller);
    await harness.service.call(operations.startCampaign, { campaignId }, scenario.caller);
    await until('the later campaign has ended', async () => (await harness.service.call(operations.getCampaign, { campaignId }, scenario.caller)).status === 'completed');
    const [enrolment] = (await harness.service.call(operations.listEnrolments, { campaignId }, scenario.caller)).items;
    expect(enrolment).toMatchObject({ status: 'stopped', reason: 'suppressed' });
    const elsewhere = await CampaignScenario.start(harness, [MAIL], [ana]);
    await elsewhere.completes();
    expect(await scenario.mailsTo(ana.email!.toLowerCase())).toHaveLength(2);
    expect(await suppressions(elsewhere)).toEqual([]);
  });

  it('the page behind the link changes nothing', async () => {
    const { scenario, token } = await inTheDelay(60);
    const page = await harness.service.call(operations.unsubscribePage, { token });
    expect(page.contentType).toBe('text/html; charset=utf-8');
    expect(page.body).toContain('<form method="post">');
    expect(await suppressions(scenario)).toEqual([]);
    expect(await stops(scenario)).toEqual([]);
  });

  it('a forged link opens nothing', async () => {
    const { scenario, mail, token } = await inTheDelay(60);
    const [text, seal] = token.split('.') as [string, string];
    const other = Buffer.from(Buffer.from(text, 'base64url').toString().replace(/^./, (first) => (first === 'A' ? 'B' : 'A'))).toString('base64url');
    // A Message-ID is sealed for another purpose.
    const messageSeal = mail.messageId.slice(1).split('@')[0]!;
    for (const forged of ['x', text, `${text}.`, `${other}.${seal}`, `${text}.${seal.toUpperCase()}`, messageSeal, `${token}.x`]) {
      await expect(unsubscribe(forged), forged).rejects.toMatchObject({ code: 'campaigns.bad-link' });
      await expect(harness.service.call(operations.unsubscribePage, { token: forged })).rejects.toMatchObject({ code: 'campaigns.bad-link' });
    }
    expect(await suppressions(scenario)).toEqual([]);
  });

  const written = (inReplyTo: string, extra = '', id = `<${newId()}@customer.example>`) =>
    `From: Ana <ana@customer.example>\r\nTo: reply@in.leadwire.example\r\nMessage-ID: ${id}\r\nSubject: Re: hi\r\n${inReplyTo}${extra}\r\n\r\nYes, call me.\r\n`;

  function bring(text: string, { id = `msg_${newId()}`, secret = INBOUND_SECRET, at = Math.floor(Date.now() / 1000) } = {}): Promise<void> {
    const body = Buffer.from(text);
    const head = { 'webhook-id': id, 'webhook-timestamp': String(at), 'webhook-signature': signWebhook(id, at, body, secret) };
    return harness.service.call(operations.receiveMail, { rawBody: body.toString('base64'), headers: head, requestUrl: 'https://x.example' });
  }

  it('a reply ends the sequence before the call, once though it is brought three times', async () => {
    const way = await inTheDelay();
    const { scenario, ana, mail } = way;
    const id = '<answer-1@customer.example>';
    const reply = written(`References: <other@x.example> ${mail.messageId}`, '', id);
    await bring(reply, { id: 'msg_1' });
    await bring(reply, { id: 'msg_1' });
    await bring(reply, { id: 'msg_2' });
    await onlyBenIsCalled(way, 'replied');
    expect(await harness.service.told(messageReplied, scenario.tenantId)).toMatchObject([{ payload: { leadId: ana.id, messageId: id, subject: 'Re: hi' } }]);
    expect((await scenario.campaign()).progress).toMatchObject({ replies: 1, stopped: 1 });
  });

  it('an out-of-office note and a bounce are logged and stop nothing', async () => {
    const { scenario, mail } = await inTheDelay(60);
    await bring(written(`In-Reply-To: ${mail.messageId}`, '\r\nAuto-Submitted: auto-replied'));
    await bring(written(`In-Reply-To: ${mail.messageId}`, '\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b'));
    expect((await scenario.activities()).map(({ status }) => status)).toEqual(expect.arrayContaining(['auto-replied', 'bounced']));
    expect(await stops(scenario)).toEqual([]);
    expect(await harness.service.told(messageReplied, scenario.tenantId)).toEqual([]);
  });

  it('mail that answers nothing of ours is ignored, a wrong signature refused', async () => {
    const { scenario, mail } = await inTheDelay(60);
    await bring(written('In-Reply-To: <unknown@mail.leadwire.example>'));
    await bring(written(`In-Reply-To: ${mail.messageId.replace('@mail.', '@elsewhere.')}`));
    await bring('no mail at all');
    const real = written(`In-Reply-To: ${mail.messageId}`);
    for (const wrong of [{ secret: `whsec_${Buffer.alloc(32, 4).toString('base64')}` }, { at: Math.floor(Date.now() / 1000) - 400 }]) {
      await expect(bring(real, wrong)).rejects.toMatchObject({ code: 'campaigns.bad-webhook-signature' });
    }
    await expect(harness.service.call(operations.receiveMail, { rawBody: '', headers: {}, requestUrl: '' })).rejects.toMatchObject({ code: 'campaigns.bad-webhook-signature' });
    expect(await stops(scenario)).toEqual([]);
  });
});
