import { voiceCallsOperations as operations } from '#leadwire/contracts';
import { newId, SealedReferences } from '#leadwire/kernel';
import twilio from 'twilio';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AUTH_TOKEN, FROM, VoiceCallsHarness, type CallingTenant } from '../voice-calls.harness.js';
import { CallbackAddresses } from './callback-addresses.js';

type Kind = 'status' | 'transcription';

describe('callbacks of the carrier', () => {
  let voice: VoiceCallsHarness;
  let tenant: CallingTenant;
  let callId: string;
  let sid: string;
  beforeAll(async () => {
    voice = await VoiceCallsHarness.start();
    tenant = await voice.tenant();
  });
  afterAll(() => voice.stop());

  // A call under way whose carrier is this test.
  beforeEach(async () => {
    callId = newId();
    sid = `CA${callId.replaceAll('-', '')}`;
    await voice.service.rows(
      `insert into voice_call_logs (id, tenant_id, agent_id, from_number, to_number, status, max_minutes, reservation_id, reservation_status, carrier_sid, dial_attempts, dial_attempted_at)
       values ($1, $2, $3, $4, '+14155550123', 'dialling', 5, gen_random_uuid(), 'held', $5, 1, now())`,
      [callId, tenant.tenantId, tenant.agent.id, FROM, sid],
    );
  });

  function send(kind: Kind, params: Record<string, string>, change: { address?: string; signature?: string; carrierSid?: string } = {}): Promise<void> {
    const address = change.address ?? voice.service.service.app.get(CallbackAddresses).addressOf({ tenantId: tenant.tenantId, callId }, kind);
    const form = { CallSid: change.carrierSid ?? sid, ...params };
    const signature = change.signature ?? twilio.getExpectedTwilioSignature(AUTH_TOKEN, address, form);
    const operation = kind === 'status' ? operations.receiveCallStatus : operations.receiveTranscription;
    return voice.service.call(operation, {
      token: /carrier\/([^/]+)\//.exec(address)![1]!,
      rawBody: Buffer.from(new URLSearchParams(form).toString()).toString('base64'),
      headers: { 'x-twilio-signature': signature },
      requestUrl: address,
    });
  }
  const status = (sequence: number, word: string, more: Record<string, string> = {}) =>
    send('status', { SequenceNumber: String(sequence), CallStatus: word, ...more });
  const completed = () => status(3, 'completed', { CallDuration: '42', AnsweredBy: 'human' });
  const word = (sequence: number, event: string, more: Record<string, string> = {}) =>
    send('transcription', { SequenceId: String(sequence), TranscriptionEvent: `transcription-${event}`, Timestamp: new Date(1_700_000_000_000 + sequence * 1_000).toISOString(), ...more });
  const content = (sequence: number, text: string, track = 'inbound_track') =>
    word(sequence, 'content', { Final: 'true', Track: track, TranscriptionData: JSON.stringify({ transcript: text, confidence: 0.9 }) });
  const row = async () => (await voice.service.rows('select * from voice_call_logs where id = $1', [callId]))[0]!;
  const kept = () => voice.service.rows('select kind, sequence from voice_call_callbacks where call_log_id = $1 order by kind, sequence', [callId]);

  it('stores nothing of a forged one: wrong signature, none, another address, a token not sealed here', async () => {
    const foreign = new SealedReferences('a key of somebody else', 'carrier-callback').seal(tenant.tenantId, callId);
    const sealed = voice.service.service.app.get(CallbackAddresses).addressOf({ tenantId: tenant.tenantId, callId }, 'status');
    const elsewhere = twilio.getExpectedTwilioSignature(AUTH_TOKEN, `${sealed}?x=1`, { CallSid: sid, SequenceNumber: '0', CallStatus: 'busy' });
    const attempts = [
      { signature: 'AAAA' },
      { signature: '' },
      { signature: elsewhere },
      { signature: twilio.getExpectedTwilioSignature('another account', sealed, { CallSid: sid, SequenceNumber: '0', CallStatus: 'busy' }) },
      { address: sealed.replace(/carrier\/[^/]+/, `carrier/${foreign}`) },
    ];
    for (const change of attempts) {
      const forged = send('status', { SequenceNumber: '0', CallStatus: 'busy' }, change);
      await expect(forged).rejects.toMatchObject({ code: 'voice-calls.bad-webhook-signature', type: { status: 401 } });
    }
    expect(await kept()).toEqual([]);
    expect(await row()).toMatchObject({ status: 'dialling' });
  });

  it('goes forward only, whatever comes late or twice, and tells each fact once', async () => {
    await status(2, 'in-progress');
    await status(1, 'ringing');
    await status(2, 'in-progress');
    expect(await row()).toMatchObject({ status: 'in_progress' });
    await Promise.all([completed(), completed(), status(0, 'initiated')]);
    await status(1, 'ringing');
    expect(await row()).toMatchObject({ status: 'completed', duration_seconds: 42, answered_by: 'human' });
    expect(await voice.toldOf(callId)).toEqual(['ringing', 'answered', 'completed']);
    expect(await kept()).toHaveLength(4);
  });

  it('waits with reading for lines that come after the end, even after "stopped"', async () => {
    await word(1, 'started');
    await completed();
    await content(3, 'Could we meet tomorrow at 10 am?');
    await word(4, 'stopped');
    expect(await row()).toMatchObject({ finished_at: null });
    await content(2, 'Hello, would you like to see a home?', 'outbound_track');
    await content(3, 'Could we meet tomorrow at 10 am?');
    await voice.finished(callId);
    const { lines } = await voice.service.call(operations.getTranscript, { callId }, tenant.caller);
    expect(lines).toMatchObject([
      { line: 0, speaker: 'bot', offsetMs: 1_000 },
      { line: 1, speaker: 'customer', offsetMs: 2_000, confidence: 0.9 },
    ]);
    expect(await voice.read(tenant, callId)).toMatchObject({ analysis: { disposition: 'appointment_requested' } });
    expect(await voice.toldOf(callId)).toEqual(['ringing', 'answered', 'completed', 'analyzed', 'usage-recorded']);
  });

  it('finishes without lines that never come, after the grace, and changes nothing for later ones', async () => {
    await content(2, 'Yes, hello?');
    await completed();
    await voice.finished(callId);
    await content(3, 'I am very interested.');
    await word(4, 'stopped');
    await word(1, 'started');
    expect(await voice.toldOf(callId)).toEqual(['ringing', 'answered', 'completed', 'analyzed', 'usage-recorded']);
    expect(await voice.usageOf(tenant.tenantId, callId)).toHaveLength(1);
  });

  it('settles by its sid a dialling whose answer was never written down', async () => {
    await voice.service.rows('update voice_call_logs set carrier_sid = null where id = $1', [callId]);
    await status(0, 'initiated');
    expect(await row()).toMatchObject({ carrier_sid: sid, status: 'dialling' });
  });

  it('keeps but does not apply what names another call of the carrier', async () => {
    await send('status', { SequenceNumber: '0', CallStatus: 'busy' }, { carrierSid: 'CAffffffffffffffffffffffffffffffff' });
    expect(await row()).toMatchObject({ status: 'dialling', carrier_sid: sid });
    await status(0, 'ringing');
    expect(await row()).toMatchObject({ status: 'ringing' });
  });
});
