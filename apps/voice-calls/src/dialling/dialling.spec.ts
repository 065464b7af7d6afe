import { newId } from '#leadwire/kernel';
import { until } from '#leadwire/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TwilioCarrier } from '../carrier/twilio-carrier.js';
import { ACCOUNT_SID, AUTH_TOKEN, FROM, numberMeeting, VoiceCallsHarness, type CallingTenant } from '../voice-calls.harness.js';
import { ClaimCalls } from './claim-calls.js';

const MAX_CALLS = 3;

describe('dialling', () => {
  let voice: VoiceCallsHarness;
  let tenant: CallingTenant;
  beforeAll(async () => {
    voice = await VoiceCallsHarness.start({
      VOICE_CALLS_MAX_CONCURRENT_CALLS: String(MAX_CALLS),
      VOICE_CALLS_MAX_CONCURRENT_CALLS_PER_TENANT: '2',
      VOICE_CALLS_CALL_CHECK_MS: '300',
    });
    tenant = await voice.tenant();
  });
  afterAll(() => voice.stop());

  // What a process leaves behind that died after it wrote its intent.
  async function intentLeftBehind(to: string): Promise<string> {
    const id = newId();
    await voice.service.rows(
      `insert into voice_call_logs (id, tenant_id, agent_id, from_number_id, from_number, to_number, status, max_minutes, reservation_id, reservation_status, dial_attempts, dial_attempted_at)
       values ($1, $2, $3, $4, $5, $6, 'dialling', 5, gen_random_uuid(), 'held', 1, clock_timestamp())`,
      [id, tenant.tenantId, tenant.agent.id, tenant.number.id, FROM, to],
    );
    return id;
  }
  const placeUnseen = (to: string) =>
    new TwilioCarrier({ accountSid: ACCOUNT_SID, authToken: AUTH_TOKEN, baseUrl: voice.carrier.url }).placeCall({
      callId: 'x', from: FROM, to, twiml: '<Response><Say>Hello.</Say></Response>', statusCallbackUrl: 'http://127.0.0.1:1/nobody', timeoutSeconds: 60, machineDetection: 'off',
    });

  it('adopts the call that a dead process had placed: the carrier has one, and it is settled', async () => {
    const to = numberMeeting('busy', 20);
    const id = await intentLeftBehind(to);
    await placeUnseen(to);
    const row = await voice.finished(id);
    const [atCarrier, ...more] = await voice.atCarrier(to);
    expect(more).toEqual([]);
    expect(row).toMatchObject({ status: 'busy', carrier_sid: atCarrier!.sid, dial_attempts: 1 });
    expect(await voice.usageOf(tenant.tenantId, id)).toMatchObject([{ reservationId: row.reservation_id, items: [] }]);
  });

  it('dials again when the dead process never reached the carrier', async () => {
    const to = numberMeeting('busy', 21);
    const id = await intentLeftBehind(to);
    const row = await voice.finished(id);
    expect(row).toMatchObject({ status: 'busy', dial_attempts: 2 });
    expect(await voice.atCarrier(to)).toHaveLength(1);
  });

  it('takes no call for its own that another row stands for', async () => {
    const to = numberMeeting('busy', 22);
    const earlier = await voice.place(tenant, to);
    await voice.finished(earlier.id);
    const id = await intentLeftBehind(to);
    expect(await voice.finished(id)).toMatchObject({ dial_attempts: 2, status: 'busy' });
    const sids = (await voice.atCarrier(to)).map((call) => call.sid);
    const rows = await voice.service.rows('select carrier_sid from voice_call_logs where to_number = $1', [to]);
    expect(rows.map((row) => row.carrier_sid).toSorted()).toEqual(sids.toSorted());
  });

  it('places one call when the carrier took it and the answer was lost', async () => {
    const to = numberMeeting('human', 20);
    voice.line.losesAnswerTo.add(to);
    const { id } = await voice.place(tenant, to);
    expect(await voice.finished(id)).toMatchObject({ status: 'completed', dial_attempts: 1 });
    expect(await voice.atCarrier(to)).toHaveLength(1);
    expect(await voice.usageOf(tenant.tenantId, id)).toHaveLength(1);
  });

  it('tries again when the carrier takes nothing', async () => {
    const to = numberMeeting('busy', 26);
    voice.line.refusesOnce.add(to);
    const { id } = await voice.place(tenant, to);
    expect(await voice.finished(id)).toMatchObject({ status: 'busy', dial_attempts: 2 });
    expect(await voice.atCarrier(to)).toHaveLength(1);
  });

  it('hangs up a call that it placed when the row stands for another by then', async () => {
    const to = numberMeeting('no-answer', 21);
    const other = 'CA00000000000000000000000000000000';
    voice.line.beforeOrder = (number) => (number === to ? voice.service.rows('update voice_call_logs set carrier_sid = $2 where to_number = $1', [to, other]) : Promise.resolve());
    const { id } = await voice.place(tenant, to);
    const stray = await until('it was placed', async () => (await voice.atCarrier(to))[0]);
    await until('it was hung up', () => voice.line.hungUp.includes(stray.sid));
    // The carrier knows nothing of the other: its row ends too, and its reservation.
    expect(await voice.finished(id)).toMatchObject({ carrier_sid: other, status: 'failed', end_reason: 'lost-by-carrier' });
  });

  it('dials two calls to the same person one after the other', async () => {
    const to = numberMeeting('human', 21);
    const [first, second] = await Promise.all([voice.place(tenant, to), voice.place(tenant, to)]);
    const sids = [(await voice.finished(first.id)).carrier_sid, (await voice.finished(second.id)).carrier_sid];
    expect((await voice.atCarrier(to)).map((call) => call.sid).toSorted()).toEqual(sids.toSorted());
  });

  it('fails a call that the wallet cannot pay, dials nothing and leaves no reservation', async () => {
    voice.billing.poor = true;
    const to = numberMeeting('human', 22);
    const { id } = await voice.place(tenant, to);
    const row = await voice.finished(id);
    voice.billing.poor = false;
    expect(row).toMatchObject({ status: 'failed', end_reason: 'insufficient-funds', reservation_status: 'refused' });
    expect(await voice.toldOf(id)).toEqual(['queued', 'failed']);
    expect(await voice.atCarrier(to)).toEqual([]);
  });

  it('waits for a billing that does not answer, and reserves once', async () => {
    await voice.billing.silence();
    const to = numberMeeting('busy', 23);
    const { id } = await voice.place(tenant, to);
    await until('it was tried', async () => (await voice.service.rows('select 1 from voice_call_logs where id = $1 and next_attempt_at > created_at + interval \'500 ms\'', [id])).length === 1);
    expect(await voice.read(tenant, id)).toMatchObject({ status: 'queued' });
    await voice.billing.listen();
    const row = await voice.finished(id);
    expect(row.status).toBe('busy');
    const asked = voice.billing.requests.filter((request) => request.referenceId === id);
    expect(new Set(asked.map((request) => JSON.stringify(request))).size).toBe(1);
    expect(asked[0]).toMatchObject({ reservationId: row.reservation_id, referenceType: 'call' });
  });

  it('ends a call whose number the carrier refuses, and releases what was held', async () => {
    const { id } = await voice.place(tenant, numberMeeting('busy', 24));
    await voice.finished(id);
    await voice.service.rows(`update voice_agent_numbers set number = '+0000' where id = $1`, [tenant.number.id]);
    const refused = await voice.place(tenant, numberMeeting('busy', 25));
    await voice.service.rows('update voice_agent_numbers set number = $2 where id = $1', [tenant.number.id, FROM]);
    const row = await voice.finished(refused.id);
    expect(row).toMatchObject({ status: 'failed', end_reason: 'carrier-refused' });
    expect(await voice.usageOf(tenant.tenantId, refused.id)).toMatchObject([{ reservationId: row.reservation_id, items: [] }]);
  });

  it('learns the end of a call from the carrier itself when callbacks do not arrive', async () => {
    const { forward } = voice.receiver;
    voice.receiver.forward = () => Promise.reject(new Error('the gateway is down'));
    const to = numberMeeting('no-answer', 20);
    const { id } = await voice.place(tenant, to);
    const row = await voice.finished(id);
    voice.receiver.forward = forward;
    expect(row).toMatchObject({ status: 'no_answer' });
  });

  it('hangs up a call that lasts longer than its agent may speak', async () => {
    const to = numberMeeting('no-answer', 22);
    const placed = (await placeUnseen(to)) as { sid: string };
    const id = await intentLeftBehind(to);
    await voice.service.rows(
      `update voice_call_logs set carrier_sid = $2, dial_attempted_at = now() - interval '7 minutes', check_at = now() where id = $1`, [id, placed.sid],
    );
    await until('it was hung up', () => voice.line.hungUp.includes(placed.sid));
    const row = await voice.finished(id);
    expect(await voice.usageOf(tenant.tenantId, id)).toMatchObject([{ reservationId: row.reservation_id, items: [] }]);
  });

  it('never has more calls under way than allowed, and every tenant gets its turn', async () => {
    const other = await voice.tenant();
    const live = `select tenant_id from voice_call_logs where status in ('dialling', 'ringing', 'in_progress') or claimed_until > clock_timestamp() and status = 'queued'`;
    const ids: string[] = [];
    for (let n = 0; n < 8; n++) ids.push((await voice.place(tenant, numberMeeting('human', 30 + n))).id);
    for (let n = 0; n < 2; n++) ids.push((await voice.place(other, numberMeeting('human', 40 + n))).id);
    const seen: string[][] = [];
    await until('all are finished', async () => {
      seen.push((await voice.service.rows(live)).map((row) => row.tenant_id));
      return (await voice.service.rows('select 1 from voice_call_logs where id = any($1) and finished_at is not null', [ids])).length === ids.length;
    });
    expect(Math.max(...seen.map((tenants) => tenants.length))).toBeGreaterThan(1);
    expect(Math.max(...seen.map((tenants) => tenants.length))).toBeLessThanOrEqual(MAX_CALLS);
    expect(Math.max(...seen.map((tenants) => tenants.filter((id) => id === tenant.tenantId).length))).toBeLessThanOrEqual(2);
    const order = (await voice.service.rows('select tenant_id from voice_call_logs where id = any($1) order by started_at', [ids])).map((row) => row.tenant_id);
    expect(order.slice(0, 6)).toContain(other.tenantId);
    // Nothing is left to claim.
    expect(await voice.service.service.app.get(ClaimCalls).next()).toEqual([]);
  });

  it('ends every reservation in exactly one record of use', async () => {
    const rows = await voice.service.rows(`select id, tenant_id from voice_call_logs where reservation_status in ('held', 'asked')`);
    expect(rows.length).toBeGreaterThan(10);
    for (const row of rows) expect(await voice.usageOf(row.tenant_id, row.id)).toHaveLength(1);
    const all = await voice.service.rows(`select payload->>'reservationId' as id from domain_events where event_type = 'voice-calls.call.usage-recorded'`);
    expect(new Set(all.map((event) => event.id)).size).toBe(all.length);
    expect(all.map((event) => event.id)).toEqual(expect.arrayContaining([...voice.billing.held]));
  });
});
