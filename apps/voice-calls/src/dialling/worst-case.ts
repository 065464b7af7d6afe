import type { UsageItem } from '#leadwire/contracts';
import { CHARACTERS_PER_TOKEN, usageItems } from '../analysis/call-usage.js';

/** What of an agent bounds the cost of its calls. */
export interface CostBounds {
  maxMinutes: number;
  instructions: string;
}

// People speak at 150 words a minute and hurried ones at 200; an English word with its blank is six characters. Both
// sides together never speak faster than one hurried person without a pause.
const CHARACTERS_PER_MINUTE = 1_200;

/**
 * The most that a call may use: it lasts as long as it may, is listened to throughout, and the bot speaks all the time
 * (the model reads what it reads at most, and writes what the bot says at most).
 */
export function worstCaseOf({ maxMinutes, instructions }: CostBounds): UsageItem[] {
  const characters = maxMinutes * CHARACTERS_PER_MINUTE;
  return usageItems({
    minutes: maxMinutes,
    sttSeconds: maxMinutes * 60,
    ttsCharacters: characters,
    tokensIn: Math.ceil((instructions.length + characters) / CHARACTERS_PER_TOKEN),
    tokensOut: Math.ceil(characters / CHARACTERS_PER_TOKEN),
  });
}
