import type { TenantTx } from '#leadwire/database';
import type { CallLogEntity } from '../calls/call-log.entity.js';

const HEARD = `
  select count(*)::int as heard from voice_call_callbacks
  where call_log_id = $1 and carrier_sid = $2 and kind = 'transcription' and sequence <= $3`;

/**
 * Whether all was heard that will be. The carrier numbers its words on a transcript from 1 and ends with "stopped", so
 * the number of that one says how many there are. Only a conversation is waited for.
 */
export async function isTranscriptComplete(tx: TenantTx, call: CallLogEntity): Promise<boolean> {
  if (call.status !== 'completed') return true;
  if (call.transcriptionEnd === null) return false;
  const [row] = await tx.query<{ heard: number }>(HEARD, [call.id, call.carrierSid, call.transcriptionEnd]);
  return row!.heard >= call.transcriptionEnd;
}
