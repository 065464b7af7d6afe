/** One thing the carrier says of a call's transcription. */
export type TranscriptionWord =
  | { event: 'started'; at: Date }
  | { event: 'stopped' }
  | { event: 'content'; at: Date; speaker: 'bot' | 'customer'; text: string; confidence: number }
  | { event: 'other' };

const MAX_TEXT = 4_000;

/** Reads a real-time transcription callback of Twilio; `get` answers one of its parameters. */
export function readTranscriptionWord(get: (name: string) => string | undefined): TranscriptionWord {
  const at = instant(get('Timestamp'));
  switch (get('TranscriptionEvent')) {
    case 'transcription-started':
      return { event: 'started', at };
    case 'transcription-stopped':
      return { event: 'stopped' };
    case 'transcription-content':
      return contentOf(get, at);
    default:
      return { event: 'other' };
  }
}

// A result that is not final comes again, longer: only the final one is what was said.
function contentOf(get: (name: string) => string | undefined, at: Date): TranscriptionWord {
  const { transcript, confidence } = jsonOf(get('TranscriptionData'));
  if (get('Final') === 'false' || typeof transcript !== 'string' || !transcript.trim()) return { event: 'other' };
  const sure = Number(confidence);
  return {
    event: 'content',
    at,
    // What comes in is the callee; what goes out is us.
    speaker: get('Track') === 'inbound_track' ? 'customer' : 'bot',
    text: transcript.slice(0, MAX_TEXT),
    confidence: Number.isFinite(sure) ? Math.max(0, Math.min(1, sure)) : 0,
  };
}

function jsonOf(text: string | undefined): Record<string, unknown> {
  try {
    return (JSON.parse(text ?? '{}') ?? {}) as Record<string, unknown>;
  } catch {
    return {};
  }
}

function instant(text: string | undefined): Date {
  const at = new Date(text ?? Number.NaN);
  return Number.isNaN(at.getTime()) ? new Date() : at;
}
