import { describe, expect, it } from 'vitest';
import { worstCaseOf } from '../dialling/worst-case.js';
import type { TranscriptLine } from './analyser/call-analyser.port.js';
import { usageOf } from './call-usage.js';

const line = (speaker: 'bot' | 'customer', text: string): TranscriptLine => ({ speaker, text, offsetMs: 0, confidence: 1 });
const lines = [line('bot', 'x'.repeat(40)), line('customer', 'y'.repeat(20))];
const quantities = (items: { unit: string; quantity: string }[]) => Object.fromEntries(items.map((item) => [item.unit, item.quantity]));

describe('what a call used', () => {
  it('counts a conversation by component: begun minutes, seconds, characters of the bot, tokens', () => {
    expect(usageOf({ status: 'completed', durationSeconds: 61, instructions: 'i'.repeat(41), lines })).toEqual([
      { category: 'telephony', provider: 'twilio', model: 'voice', unit: 'minute', quantity: '2' },
      { category: 'stt', provider: 'deepgram', model: 'nova-3', unit: 'second', quantity: '61' },
      { category: 'tts', provider: 'cartesia', model: null, unit: 'character', quantity: '40' },
      { category: 'llm', provider: 'openai', model: 'gpt-4o-mini', unit: 'token_in', quantity: '26' },
      { category: 'llm', provider: 'openai', model: 'gpt-4o-mini', unit: 'token_out', quantity: '10' },
    ]);
  });

  it.each([[1, '1'], [59, '1'], [60, '1'], [61, '2'], [120, '2']])('%i seconds are %s minutes', (durationSeconds, minutes) => {
    expect(quantities(usageOf({ status: 'voicemail', durationSeconds, instructions: 'i', lines }))).toEqual({ minute: minutes });
  });

  it('leaves out what is zero', () => {
    expect(usageOf({ status: 'completed', durationSeconds: 0, instructions: 'i', lines: [] })).toEqual([]);
    expect(quantities(usageOf({ status: 'completed', durationSeconds: 5, instructions: 'i', lines: [] }))).toEqual({ minute: '1', second: '5' });
  });

  it.each(['no_answer', 'busy', 'rejected', 'failed', 'cancelled'] as const)('is nothing when it ended as %s', (status) => {
    expect(usageOf({ status, durationSeconds: 9, instructions: 'i', lines })).toEqual([]);
  });

  it('stays within the worst case of a call that is talked through to its last second', () => {
    const spoken = [line('bot', 'x'.repeat(2 * 900))];
    const used = quantities(usageOf({ status: 'completed', durationSeconds: 120, instructions: 'i'.repeat(500), lines: spoken }));
    const reserved = quantities(worstCaseOf({ maxMinutes: 2, instructions: 'i'.repeat(500) }));
    expect(Object.keys(reserved)).toEqual(Object.keys(used));
    for (const [unit, quantity] of Object.entries(used)) expect(Number(quantity)).toBeLessThanOrEqual(Number(reserved[unit]));
  });
});
