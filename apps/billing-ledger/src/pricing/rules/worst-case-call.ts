import { type PriceBook, priceUsage, type PricedUsage, type UsageItem } from './price-usage.js';

/**
 * The most one minute of a call can use, per unit. Both sides are taken to speak all the time: speech to text hears
 * 60 s, speech is synthesised at 1,200 characters (200 words) a minute, and the model reads 12,000 and writes 400
 * tokens (about 4 turns with the conversation so far). An upper bound to hold money by, never a charge.
 */
const MOST_PER_MINUTE: Record<UsageItem['unit'], number | undefined> = {
  second: 60,
  minute: 1,
  character: 1_200,
  token_in: 12_000,
  token_out: 400,
  message: undefined,
  record: undefined,
};

/** What a call will be made of: telephony, stt, tts, llm in and out; each with the unit it is billed in. */
export type CallComponent = Omit<UsageItem, 'quantity'>;

export function worstCaseItems(maxMinutes: number, components: CallComponent[]): UsageItem[] {
  if (!Number.isInteger(maxMinutes) || maxMinutes < 1) throw new RangeError('maxMinutes must be a whole number >= 1');
  return components.map((component) => {
    const perMinute = MOST_PER_MINUTE[component.unit];
    if (perMinute === undefined) throw new RangeError(`a call is not billed by the ${component.unit}`);
    return { ...component, quantity: String(perMinute * maxMinutes) };
  });
}

/** What to reserve before dialling: `usage.price` covers a call of at most `maxMinutes`. */
export function worstCaseCall(
  book: PriceBook,
  call: { maxMinutes: number; components: CallComponent[]; at: Date },
): { ok: true; usage: PricedUsage } | { ok: false; unpriced: UsageItem } {
  return priceUsage(book, worstCaseItems(call.maxMinutes, call.components), call.at);
}
