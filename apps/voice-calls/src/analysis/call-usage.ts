import type { UsageItem } from '#leadwire/contracts';
import type { CallStatus } from '../calls/call-status.js';
import type { TranscriptLine } from './analyser/call-analyser.port.js';

/** What is counted of a call. */
export interface CallQuantities {
  minutes: number;
  sttSeconds: number;
  ttsCharacters: number;
  tokensIn: number;
  tokensOut: number;
}

/** How a call went, as far as its use is concerned. */
export interface MeasuredCall {
  status: CallStatus;
  durationSeconds: number;
  instructions: string;
  lines: TranscriptLine[];
}

/** English text averages four characters to a token of GPT-style tokenisers (OpenAI's own rule of thumb). */
export const CHARACTERS_PER_TOKEN = 4;

/**
 * What a call used. Telephony as Twilio bills it: begun minutes. A conversation besides: every second was listened to,
 * every character of the bot was spoken, the model read the instructions and the transcript once and wrote the bot's
 * lines. A voicemail takes telephony only; whoever was not reached takes nothing.
 */
export function usageOf(call: MeasuredCall): UsageItem[] {
  if (call.status !== 'completed' && call.status !== 'voicemail') return [];
  const minutes = Math.ceil(call.durationSeconds / 60);
  if (call.status === 'voicemail') return usageItems({ minutes, sttSeconds: 0, ttsCharacters: 0, tokensIn: 0, tokensOut: 0 });
  const spoken = characters(call.lines.filter((line) => line.speaker === 'bot'));
  const heard = characters(call.lines);
  const talked = heard > 0;
  return usageItems({
    minutes,
    sttSeconds: call.durationSeconds,
    ttsCharacters: spoken,
    tokensIn: talked ? Math.ceil((call.instructions.length + heard) / CHARACTERS_PER_TOKEN) : 0,
    tokensOut: Math.ceil(spoken / CHARACTERS_PER_TOKEN),
  });
}

/** The quantities in the catalogue's words; what is zero is left out. */
export function usageItems(quantities: CallQuantities): UsageItem[] {
  const { minutes, sttSeconds, ttsCharacters, tokensIn, tokensOut } = quantities;
  const items: [Omit<UsageItem, 'quantity'>, number][] = [
    [{ category: 'telephony', provider: 'twilio', model: 'voice', unit: 'minute' }, minutes],
    [{ category: 'stt', provider: 'deepgram', model: 'nova-3', unit: 'second' }, sttSeconds],
    [{ category: 'tts', provider: 'cartesia', model: null, unit: 'character' }, ttsCharacters],
    [{ category: 'llm', provider: 'openai', model: 'gpt-4o-mini', unit: 'token_in' }, tokensIn],
    [{ category: 'llm', provider: 'openai', model: 'gpt-4o-mini', unit: 'token_out' }, tokensOut],
  ];
  return items.filter(([, quantity]) => quantity > 0).map(([item, quantity]) => ({ ...item, quantity: String(quantity) }));
}

function characters(lines: TranscriptLine[]): number {
  return lines.reduce((sum, line) => sum + line.text.length, 0);
}
