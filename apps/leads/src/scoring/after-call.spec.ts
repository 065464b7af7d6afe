import { bookingScheduled, callAnalyzed, leadScored, leadsOperations as operations, leadStageChanged, tenantCreated } from '#leadwire/contracts';
import { newId, type Caller } from '#leadwire/kernel';
import { until, type ServiceHarness } from '#leadwire/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startLeads } from '../leads.harness.js';
import { analyzedCall } from './call-analyzed.sample.js';

const SCORING = 'score-on-call-analyzed';
const BOOKING = 'book-on-appointment-wished';

describe('after a call was read', () => {
  let leads: ServiceHarness;
  let caller: Caller;
  let leadId: string;
  beforeAll(async () => void (leads = await startLeads()));
  afterAll(() => leads.stop());
  beforeEach(async () => {
    caller = leads.caller();
    ({ id: leadId } = await leads.call(operations.createLead, { email: 'lead@a.example' }, caller));
  });

  const publish = (payload: object, to: { callId?: string; id?: string; dedupe?: boolean; tenantId?: string } = {}) => {
    const { callId = newId(), tenantId = caller.tenantId, ...more } = to;
    return leads.publish(callAnalyzed, { tenantId, aggregateId: callId, payload: analyzedCall(leadId, payload), ...more });
  };
  const handled = (id: string) =>
    until('both reactions have handled it', async () => {
      const rows = await leads.rows('select 1 from inbox where event_id = $1 and consumer = any($2)', [id, [SCORING, BOOKING]]);
      return rows.length === 2;
    });
  /** Handles an event that comes twice: behind it a second one of the same call proves that both were seen. */
  const read = async (payload: object, callId = newId()) => {
    const id = await publish(payload, { callId });
    await publish(payload, { callId, id, dedupe: false });
    await handled(await publish(payload, { callId }));
    return callId;
  };
  const lead = () => leads.call(operations.getLead, { leadId }, caller);

  it('scores the lead once and moves it forward, with the evidence kept, however often it is told or analysed', async () => {
    const callId = await read({});
    expect(await lead()).toMatchObject({ score: 25, temperature: 'warm', stage: 'qualified' });
    expect((await leads.told(leadScored, caller.tenantId)).map(({ aggregateId, payload }) => [aggregateId, payload])).toEqual([
      [leadId, { score: 25, previousScore: 0, temperature: 'warm', evidence: ['Call ended as interested, positive: +25'] }],
    ]);
    expect((await leads.told(leadStageChanged, caller.tenantId)).map(({ payload }) => payload)).toEqual([{ from: 'new', to: 'qualified', by: 'automation' }]);
    expect(await leads.rows('select call_id, score, previous_score, evidence from lead_scores where tenant_id = $1', [caller.tenantId])).toEqual([
      { call_id: callId, score: 25, previous_score: 0, evidence: ['Call ended as interested, positive: +25'] },
    ]);
  });

  it('adds up calls that are read at once, and takes no lead back', async () => {
    await leads.call(operations.moveLead, { leadId, stage: 'negotiation' }, caller);
    const ids = await Promise.all([10, 20, 30].map((scoreDelta) => publish({ scoreDelta })));
    for (const id of ids) await handled(id);
    expect(await lead()).toMatchObject({ score: 60, temperature: 'hot', stage: 'negotiation' });
    expect(await leads.rows('select qualification_status from leads where id = $1', [leadId])).toEqual([{ qualification_status: 'mql' }]);
  });

  it('tells nothing of a score that stays', async () => {
    await handled(await publish({ scoreDelta: 0, disposition: 'voicemail', sentiment: 'neutral' }));
    expect(await leads.told(leadScored, caller.tenantId)).toEqual([]);
    expect(await lead()).toMatchObject({ score: 0, stage: 'new' });
  });

  it('books the moment that was agreed, once', async () => {
    await leads.publish(tenantCreated, { tenantId: caller.tenantId, aggregateId: caller.tenantId, payload: { name: 'A', slug: 'a', country: 'ES', timeZone: 'Europe/Madrid' } });
    await until('the zone is known', async () => (await leads.rows(`select 1 from tenant_settings where tenant_id = $1 and time_zone = 'Europe/Madrid'`, [caller.tenantId])).length);
    const startsAt = '2026-03-03T14:00:00.000Z';
    await read({ disposition: 'appointment_requested', appointment: { startsAt, phrase: 'Tuesday at three' } });
    const { items } = await leads.call(operations.listBookings, { leadId }, caller);
    expect(items).toMatchObject([{ leadId, bookingType: 'phone_call', bookingSource: 'voice_call', status: 'scheduled', scheduledAt: startsAt, timeZone: 'Europe/Madrid', notes: 'Tuesday at three' }]);
    expect(await leads.told(bookingScheduled, caller.tenantId)).toMatchObject([
      { aggregateId: items[0]!.id, payload: { leadId, bookingType: 'phone_call', scheduledAt: startsAt, timeZone: 'Europe/Madrid' } },
    ]);
    expect((await leads.call(operations.listBookings, {}, leads.caller())).items).toEqual([]);
  });

  it('books a wish without a moment as one still to be agreed, and a call back as such', async () => {
    await handled(await publish({ disposition: 'appointment_requested' }));
    await handled(await publish({ disposition: 'callback_requested', appointment: { startsAt: null, phrase: 'next week' } }));
    const { items } = await leads.call(operations.listBookings, {}, caller);
    expect(items.map(({ bookingType, scheduledAt }) => [bookingType, scheduledAt])).toEqual([['callback_requested', null], ['phone_call', null]]);
    const paged = await leads.call(operations.listBookings, { limit: 1 }, caller);
    expect((await leads.call(operations.listBookings, { limit: 1, cursor: paged.nextCursor! }, caller)).items).toEqual([items[1]]);
  });

  it('does nothing for a call that is about no lead, an unknown one, or another tenant\'s', async () => {
    const wish = { disposition: 'appointment_requested' };
    const other = newId();
    const ids = [await publish({ ...wish, leadId: null }), await publish({ ...wish, leadId: newId() }), await publish(wish, { tenantId: other })];
    for (const id of ids) await handled(id);
    expect(await leads.rows('select 1 from lead_scores where tenant_id in ($1, $2) union all select 1 from lead_bookings where tenant_id in ($1, $2)', [caller.tenantId, other])).toEqual([]);
    expect(await lead()).toMatchObject({ score: 0, stage: 'new' });
  });
});
