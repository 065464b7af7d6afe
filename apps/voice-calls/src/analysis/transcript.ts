import type { TenantTx } from '#leadwire/database';
import type { TranscriptLine } from './analyser/call-analyser.port.js';

// Lines are numbered by the carrier; one that came late takes its place. A line's offset is counted from when the
// transcription began, which is when the call was answered.
const LINES = `
  select t.speaker, t.text, t.confidence,
         greatest(0, extract(epoch from t.spoken_at - coalesce(c.transcription_started_at, min(t.spoken_at) over ())) * 1000)::int as "offsetMs"
  from call_transcripts t join voice_call_logs c on c.id = t.call_log_id
  where t.call_log_id = $1 order by t.sequence limit 2000`;

/** What was said in a call, in order; at most 2,000 lines. */
export function transcriptOf(tx: TenantTx, callId: string): Promise<TranscriptLine[]> {
  return tx.query<{ speaker: TranscriptLine['speaker']; text: string; confidence: number; offsetMs: number }>(LINES, [callId]);
}
