import { callCompleted, contactSuppressed, leadsOperations as operations, messageReplied, messageSent, stepSkipped } from '#leadwire/contracts';
import { newId, type Caller } from '#leadwire/kernel';
import { until, type ServiceHarness } from '#leadwire/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startLeads } from '../leads.harness.js';

describe('the timeline of a lead', () => {
  let leads: ServiceHarness;
  let caller: Caller;
  let leadId: string;
  const campaignId = newId();
  beforeAll(async () => void (leads = await startLeads()));
  afterAll(() => leads.stop());
  beforeEach(async () => {
    caller = leads.caller();
    ({ id: leadId } = await leads.call(operations.createLead, { email: 'lead@a.example' }, caller));
  });

  const sent = { campaignId, channel: 'email', messageId: 'm1', subject: 'Hello' };
  const entries = async (n: number) =>
    until(`${n} entries are there`, async () => {
      const { items } = await leads.call(operations.getTimeline, { leadId }, caller);
      return items.length >= n ? items : undefined;
    });

  it('tells what other services and this one did, each once, the last first', async () => {
    const to = { tenantId: caller.tenantId, aggregateId: newId() };
    const id = await leads.publish(messageSent, { ...to, payload: { ...sent, leadId } });
    await leads.publish(messageSent, { ...to, payload: { ...sent, leadId }, id, dedupe: false });
    await entries(1);
    await leads.publish(messageReplied, { ...to, payload: { ...sent, leadId, subject: null } });
    await leads.publish(stepSkipped, { ...to, payload: { campaignId, leadId, stepId: newId(), stepType: 'call', reason: 'no phone' } });
    await entries(3);
    const about = { leadId, campaignId: null, campaignLeadId: null, campaignStepId: null, to: '+12025550100' };
    await leads.publish(callCompleted, { tenantId: caller.tenantId, aggregateId: newId(), payload: { ...about, status: 'completed', endReason: null, durationSeconds: 42 } });
    await entries(4);
    await leads.call(operations.moveLead, { leadId, stage: 'qualified' }, caller);
    expect((await entries(5)).map(({ summary }) => summary)).toEqual([
      'Moved from new to qualified by a person',
      'Call ended as completed after 42 s',
      'Step call left out: no phone',
      'The lead answered by email',
      'Message sent by email: Hello',
    ]);
    const [row] = await leads.rows(`select last_activity_at = (select max(occurred_at) from lead_activities where lead_id = $1) as latest from leads where id = $1`, [leadId]);
    expect(row).toEqual({ latest: true });
  });

  it('is read page by page', async () => {
    for (let at = 0; at < 3; at++) await leads.publish(messageSent, { tenantId: caller.tenantId, aggregateId: newId(), payload: { ...sent, subject: `${at}`, leadId } });
    const all = await entries(3);
    const first = await leads.call(operations.getTimeline, { leadId, limit: 2 }, caller);
    const rest = await leads.call(operations.getTimeline, { leadId, limit: 2, cursor: first.nextCursor! }, caller);
    expect([...first.items, ...rest.items]).toEqual(all);
    expect(rest.nextCursor).toBeNull();
    await expect(leads.call(operations.getTimeline, { leadId, cursor: 'nonsense' }, caller)).rejects.toMatchObject({ code: 'request.bad-cursor' });
    await expect(leads.call(operations.getTimeline, { leadId: newId() }, caller)).rejects.toMatchObject({ code: 'resource.not-found' });
  });

  it('leaves out what is about no lead of the tenant, without losing what came with it', async () => {
    const tell = (payload: { leadId: string | null }) =>
      leads.publish(contactSuppressed, { tenantId: caller.tenantId, aggregateId: newId(), payload: { address: 'lead@a.example', reason: 'unsubscribed', ...payload } });
    const foreign = await leads.call(operations.createLead, { email: 'foreign@a.example' }, leads.caller());
    await Promise.all([tell({ leadId: null }), tell({ leadId: newId() }), tell({ leadId: foreign.id }), tell({ leadId })]);
    expect((await entries(1)).map(({ summary }) => summary)).toEqual(['lead@a.example must not be contacted any more: unsubscribed']);
    await until('all are handled', async () => (await leads.rows('select 1 from inbox where tenant_id = $1 and consumer = $2', [caller.tenantId, 'record-timeline'])).length === 4);
    expect(await leads.rows('select lead_id from lead_activities where tenant_id = $1', [caller.tenantId])).toEqual([{ lead_id: leadId }]);
  });
});
