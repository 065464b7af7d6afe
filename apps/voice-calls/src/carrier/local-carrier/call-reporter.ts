import type { CallClock } from './call-clock.js';
import { finalStatuses, newSid, type CallRecord } from './call-record.js';
import type { CallbackLine } from './callback-line.js';
import type { Turn } from './conversation.js';

type StatusEvent = 'initiated' | 'ringing' | 'answered' | 'completed';

/** Tells the caller's application how one call goes, in Twilio's words. */
export class CallReporter {
  private sequenceNumber = 0;
  private sequenceId = 0;
  private readonly transcriptionSid = newSid('GT');

  constructor(
    private readonly call: CallRecord,
    private readonly accountSid: string,
    private readonly clock: CallClock,
    private readonly line: CallbackLine,
  ) {}

  status(event: StatusEvent): void {
    const { call } = this;
    if (!call.statusCallback?.events.has(event)) return;
    const ended = finalStatuses.has(call.status);
    this.line.send(call.statusCallback.url, {
      AccountSid: this.accountSid,
      ApiVersion: '2010-04-01',
      CallbackSource: 'call-progress-events',
      Called: call.to,
      Caller: call.from,
      CallSid: call.sid,
      CallStatus: call.status,
      Direction: 'outbound-api',
      From: call.from,
      SequenceNumber: String(this.sequenceNumber++),
      Timestamp: this.clock.now().toUTCString().replace('GMT', '+0000'),
      To: call.to,
      ...(ended
        ? { CallDuration: String(call.duration), Duration: String(Math.ceil((call.duration ?? 0) / 60)) }
        : {}),
      ...(ended && call.sipResponseCode ? { SipResponseCode: String(call.sipResponseCode) } : {}),
      ...(ended && call.answeredBy ? { AnsweredBy: call.answeredBy } : {}),
    });
  }

  transcriptionStarted(): void {
    const wanted = this.call.script.transcription;
    this.transcription('transcription-started', {
      LanguageCode: wanted?.languageCode ?? '',
      Name: wanted?.name ?? '',
      PartialResults: 'false',
      Track: wanted?.track ?? '',
      TranscriptionEngine: 'local',
    });
  }

  transcriptionContent(turn: Turn): void {
    const wanted = this.call.script.transcription;
    if (turn.speaker === 'silence' || !wanted) return;
    const track = turn.speaker === 'agent' ? 'outbound_track' : 'inbound_track';
    if (wanted.track !== 'both_tracks' && wanted.track !== track) return;
    this.transcription('transcription-content', {
      Final: 'true',
      LanguageCode: wanted.languageCode,
      Track: track,
      TranscriptionData: JSON.stringify({ transcript: turn.text, confidence: turn.confidence }),
    });
  }

  transcriptionStopped(): void {
    this.transcription('transcription-stopped', {});
  }

  private transcription(event: string, extra: Record<string, string>): void {
    const wanted = this.call.script.transcription;
    if (!wanted) return;
    this.line.send(wanted.statusCallbackUrl, {
      AccountSid: this.accountSid,
      CallSid: this.call.sid,
      SequenceId: String(++this.sequenceId),
      Timestamp: this.clock.now().toISOString(),
      TranscriptionEvent: event,
      TranscriptionSid: this.transcriptionSid,
      ...extra,
    });
  }
}
