import { callAnalyzed, callQueued, voiceCallsOperations as operations } from '#leadwire/contracts';
import { newId } from '#leadwire/kernel';
import { until } from '#leadwire/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallOutcome } from '../carrier/local-carrier/call-outcome.js';
import { numberMeeting, VoiceCallsHarness, type CallingTenant } from '../voice-calls.harness.js';

describe('calls', () => {
  let voice: VoiceCallsHarness;
  let tenant: CallingTenant;
  beforeAll(async () => {
    voice = await VoiceCallsHarness.start();
    tenant = await voice.tenant();
  });
  afterAll(() => voice.stop());

  const callsOf = ({ enrolment, stepId }: { enrolment: string; stepId: string }) =>
    voice.service.rows('select * from voice_call_logs where campaign_lead_id = $1 and campaign_step_id = $2', [enrolment, stepId]);
  const units = (items: { unit: string }[]) => items.map((item) => item.unit);

  it.each<{ outcome: CallOutcome; status: string; endReason: string; told: string[]; used: string[] }>([
    {
      outcome: 'human', status: 'completed', endReason: 'conversation-ended',
      told: ['queued', 'ringing', 'answered', 'completed', 'analyzed', 'usage-recorded'],
      used: ['minute', 'second', 'character', 'token_in', 'token_out'],
    },
    { outcome: 'voicemail', status: 'voicemail', endReason: 'voicemail', told: ['queued', 'ringing', 'answered', 'completed', 'usage-recorded'], used: ['minute'] },
    { outcome: 'no-answer', status: 'no_answer', endReason: 'no-answer', told: ['queued', 'ringing', 'failed', 'usage-recorded'], used: [] },
    { outcome: 'busy', status: 'busy', endReason: 'busy', told: ['queued', 'ringing', 'failed', 'usage-recorded'], used: [] },
    { outcome: 'rejected', status: 'rejected', endReason: 'rejected', told: ['queued', 'ringing', 'failed', 'usage-recorded'], used: [] },
    { outcome: 'failed', status: 'failed', endReason: 'unreachable', told: ['queued', 'failed', 'usage-recorded'], used: [] },
  ])('a call that meets $outcome ends as $status, told and paid once', async ({ outcome, status, endReason, told, used }) => {
    const to = numberMeeting(outcome);
    const { id, status: first } = await voice.place(tenant, to);
    expect(first).toBe('queued');
    const row = await voice.finished(id);
    const [atCarrier, ...more] = await voice.atCarrier(to);
    expect(more).toEqual([]);
    expect(await voice.read(tenant, id)).toMatchObject({ status, endReason, to, durationSeconds: atCarrier!.duration });
    // A ringing that is overtaken by a busy line is never told: of a line that is busy it says nothing.
    const facts = await voice.toldOf(id);
    expect(outcome === 'busy' ? facts.filter((fact) => fact !== 'ringing') : facts).toEqual(outcome === 'busy' ? told.filter((fact) => fact !== 'ringing') : told);
    const [usage, ...again] = await voice.usageOf(tenant.tenantId, id);
    expect(again).toEqual([]);
    expect(usage).toMatchObject({ reservationId: row.reservation_id, idempotencyKey: `call:${id}` });
    expect(units(usage!.items)).toEqual(used);
    expect(voice.billing.held).toContain(row.reservation_id);
  });

  it('reads a conversation: transcript in order with both sides, analysis, and quantities that fit them', async () => {
    const { id } = await voice.place(tenant, numberMeeting('human', 1), 'Zoe');
    await voice.finished(id);
    const { lines } = await voice.service.call(operations.getTranscript, { callId: id }, tenant.caller);
    expect(lines.map((line) => line.line)).toEqual(lines.map((_, index) => index));
    expect(lines.map((line) => line.offsetMs)).toEqual(lines.map((line) => line.offsetMs).toSorted((a, b) => a - b));
    expect(lines.find((line) => line.speaker === 'bot')!.text).toBe('Hello Zoe, this is Mia from Acme Homes. Do you have a minute?');
    expect(lines.some((line) => line.speaker === 'customer')).toBe(true);
    const { analysis, durationSeconds } = await voice.read(tenant, id);
    const analyzed = (await voice.service.told(callAnalyzed, tenant.tenantId)).find((event) => event.aggregateId === id)!;
    expect(analyzed.payload).toMatchObject({ disposition: analysis!.disposition, scoreDelta: analysis!.scoreDelta });
    const [usage] = await voice.usageOf(tenant.tenantId, id);
    const quantity = (unit: string) => Number(usage!.items.find((item) => item.unit === unit)!.quantity);
    expect(quantity('minute')).toBe(Math.ceil(durationSeconds! / 60));
    expect(quantity('second')).toBe(durationSeconds);
    const bot = lines.filter((line) => line.speaker === 'bot').map((line) => line.text.length);
    expect(quantity('character')).toBe(bot.reduce((sum, length) => sum + length, 0));
  });

  it('queues one call for an enrolment and step, however often it is asked for', async () => {
    const to = numberMeeting('busy', 1);
    const asked = { enrolment: newId(), stepId: newId() };
    const id = await voice.request(tenant, to, asked);
    await voice.request(tenant, to, { ...asked, id, dedupe: false });
    await voice.request(tenant, to, asked);
    // An enrolment's events are handled in order: when its next step is there, all before it were handled.
    const next = { enrolment: asked.enrolment, stepId: newId() };
    await voice.request(tenant, numberMeeting('busy', 2), next);
    await until('the next step is there', async () => (await callsOf(next)).length === 1);
    const rows = await callsOf(asked);
    expect(rows).toHaveLength(1);
    await voice.finished(rows[0]!.id);
    expect(await voice.atCarrier(to)).toHaveLength(1);
    const queued = (await voice.service.told(callQueued, tenant.tenantId)).filter((event) => event.payload.campaignStepId === asked.stepId);
    expect(queued.map((event) => event.payload)).toMatchObject([{ to, campaignLeadId: asked.enrolment }]);
  });

  it('fails a campaign call that cannot be made, without reserving for it', async () => {
    const enrolment = newId();
    await voice.request(tenant, '+999', { enrolment });
    const other = newId();
    await voice.request(tenant, numberMeeting('human', 2), { enrolment: other, agentId: newId() });
    for (const [campaignLeadId, endReason] of [[enrolment, 'bad-callee'], [other, 'unknown-agent']]) {
      const row = await until('the call is there', async () => {
        const rows = await voice.service.rows('select * from voice_call_logs where campaign_lead_id = $1 and finished_at is not null', [campaignLeadId]);
        return rows[0];
      });
      expect(row).toMatchObject({ status: 'failed', end_reason: endReason });
      expect(await voice.toldOf(row.id)).toEqual(['failed']);
    }
  });

  it('refuses an unknown agent, an unknown number, a number nobody has', async () => {
    const input = { agentId: tenant.agent.id, fromNumberId: tenant.number.id, to: numberMeeting('human', 3) };
    const place = (change: object) => voice.service.call(operations.placeCall, { ...input, ...change }, tenant.caller);
    await expect(place({ agentId: newId() })).rejects.toMatchObject({ code: 'voice-calls.unknown-agent' });
    await expect(place({ fromNumberId: newId() })).rejects.toMatchObject({ code: 'voice-calls.unknown-number' });
    await expect(place({ to: '+1415555' })).rejects.toMatchObject({ code: 'voice-calls.bad-callee' });
    await expect(place({ to: '0415555' })).rejects.toMatchObject({ code: 'request.invalid' });
    expect(await voice.service.rows('select 1 from voice_call_logs where to_number = any($1)', [[input.to, '+1415555']])).toEqual([]);
  });

  it('shows another tenant nothing and lets it use nothing', async () => {
    const { id } = await voice.place(tenant, numberMeeting('busy', 3));
    const stranger = await voice.tenant();
    for (const operation of [operations.getCall, operations.getTranscript]) {
      await expect(voice.service.call(operation, { callId: id }, stranger.caller)).rejects.toMatchObject({ code: 'resource.not-found' });
      await expect(voice.service.call(operation, { callId: newId() }, stranger.caller)).rejects.toMatchObject({ code: 'resource.not-found' });
    }
    expect((await voice.service.call(operations.listCalls, {}, stranger.caller)).items).toEqual([]);
    expect((await voice.service.call(operations.listVoiceAgents, {}, stranger.caller)).items.map((agent) => agent.id)).toEqual([stranger.agent.id]);
    expect((await voice.service.call(operations.listVoiceNumbers, {}, stranger.caller)).items.map((number) => number.id)).toEqual([stranger.number.id]);
    const theirs = { agentId: tenant.agent.id, fromNumberId: stranger.number.id, to: numberMeeting('human', 4) };
    await expect(voice.service.call(operations.placeCall, theirs, stranger.caller)).rejects.toMatchObject({ code: 'voice-calls.unknown-agent' });
    await expect(voice.service.call(operations.addVoiceNumber, { number: '+14155550177', defaultAgentId: tenant.agent.id }, stranger.caller)).rejects.toMatchObject({
      code: 'voice-calls.unknown-agent',
    });
  });

  it('lists calls newest first, by page and by status', async () => {
    const own = await voice.tenant();
    const placed = [];
    for (let n = 4; n < 7; n++) placed.push((await voice.place(own, numberMeeting('busy', n))).id);
    for (const id of placed) await voice.finished(id);
    const first = await voice.service.call(operations.listCalls, { limit: 2, status: 'busy' }, own.caller);
    const second = await voice.service.call(operations.listCalls, { limit: 2, status: 'busy', cursor: first.nextCursor! }, own.caller);
    expect([...first.items, ...second.items].map((call) => call.id)).toEqual(placed.toReversed());
    expect(second.nextCursor).toBeNull();
    expect((await voice.service.call(operations.listCalls, { status: 'completed' }, own.caller)).items).toEqual([]);
  });

  it('refuses a number twice, an agent whose line cannot be read, a caller without the capability', async () => {
    await expect(voice.service.call(operations.addVoiceNumber, { number: tenant.number.number }, tenant.caller)).rejects.toMatchObject({ code: 'voice-calls.number-taken' });
    const agent = { name: 'A', instructions: 'B', openingLine: 'Hello {{ leadName', talkingPoints: [] };
    await expect(voice.service.call(operations.createVoiceAgent, agent, tenant.caller)).rejects.toMatchObject({ details: { errors: [{ field: 'openingLine' }] } });
    const reader = voice.service.caller(tenant.tenantId, ['calls:read']);
    await expect(voice.service.call(operations.addVoiceNumber, { number: '+14155550111' }, reader)).rejects.toMatchObject({ code: 'auth.forbidden' });
  });
});
