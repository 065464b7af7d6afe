import { casual } from 'chrono-node';
import type { ParsedResult } from 'chrono-node';
import { DateTime } from 'luxon';
import { monthsNamed, timesInDigits } from './spoken-times.js';

/** When something is said to be: a day, an hour of the day, or both, on the clock of the person called. */
export interface TimeMention {
  day?: { year: number; month: number; day: number };
  time?: { hour: number; minute: number };
  /** How exactly it was said, 0–1. */
  exactness: number;
  phrase: string;
}

// The parser is slow beside a regular expression, and most lines name no time.
const MAYBE_A_TIME =
  /\d|\b(mon|tues|wednes|thurs|fri|satur|sun)day|\b(today|tonight|tomorrow|noon|lunch|midday|morning|afternoon|evening|week|fortnight|month|hours?|minutes?|days|january|february|march|april|may|june|july|august|september|october|november|december|half|quarter|o'? ?clock|at|th)\b|\b(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|first|second|third|\w+th)\b/;
const PARTS: [RegExp, { hour: number; minute: number }][] = [
  [/\b(noon|midday|lunch ?time)\b/, { hour: 12, minute: 0 }],
  [/\bafter lunch\b/, { hour: 13, minute: 30 }],
  [/\bmorning\b/, { hour: 9, minute: 0 }],
  [/\bafternoon\b/, { hour: 14, minute: 0 }],
  [/\b(evening|tonight|after work)\b/, { hour: 18, minute: 0 }],
];

export function timeMentions(clause: string, callStartedAt: Date, timeZone: string): TimeMention[] {
  if (!MAYBE_A_TIME.test(clause)) return [];
  const now = DateTime.fromJSDate(callStartedAt, { zone: timeZone });
  const names = { day: now.day, monthName: now.toFormat('LLLL'), nextMonthName: now.plus({ months: 1 }).toFormat('LLLL') };
  const said = monthsNamed(timesInDigits(clause.replaceAll(/\b(good morning|good afternoon|good evening)\b/g, '')), names);
  const results = casual.parse(said, { instant: callStartedAt, timezone: now.offset }, { forwardDate: true });
  return joined(results.map((result) => mention(result, said)), said);
}

function mention(result: ParsedResult, said: string): TimeMention {
  const { start } = result;
  const hasDay = start.isCertain('day') || start.isCertain('weekday');
  const monthOnly = start.isCertain('month') && !hasDay;
  // "in two weeks" names a day and no hour; "in an hour" both: the parser says which.
  const hasHour = start.isCertain('hour') && !/\b(noon|midday)\b/.test(result.text);
  const exact = start.isCertain('meridiem') || (start.get('hour') ?? 0) > 12;
  return {
    ...(hasDay && !monthOnly && { day: { year: start.get('year')!, month: start.get('month')!, day: start.get('day')! } }),
    ...(hasHour && { time: { hour: likelyHour(start.get('hour')!, exact, said), minute: start.get('minute') ?? 0 } }),
    exactness: vague(result.text) ? 0.3 : hasHour ? (exact ? 0.95 : 0.85) : 0.4,
    phrase: result.text,
  };
}

/** Nobody means three at night. Between one and seven, without a word about the morning, it is the afternoon. */
function likelyHour(hour: number, exact: boolean, said: string): number {
  if (exact || hour > 7 || hour === 0) return !exact && hour < 12 && /\b(evening|tonight|at night)\b/.test(said) ? hour + 12 : hour;
  return /\bmorning\b/.test(said) ? hour : hour + 12;
}

function vague(phrase: string): boolean {
  return /^(in (the )?)?(next|this|the) (week|month|year)|^(a|few|couple|several)|end of|sometime/.test(phrase);
}

/** A part of the day is an hour where no hour was said: "Thursday morning", "after lunch on Friday". */
function joined(mentions: TimeMention[], said: string): TimeMention[] {
  const part = PARTS.find(([pattern]) => pattern.test(said));
  if (!part || mentions.some((one) => one.time)) return mentions.filter((one) => one.day ?? one.time);
  const phrase = part[0].exec(said)![0];
  const day = mentions.find((one) => one.day);
  const whole = mentions.map((one) => one.phrase).join(' ');
  const spoken = whole.includes(phrase) ? whole : `${whole} ${phrase}`.trim();
  return [{ ...day, time: part[1], exactness: phrase === 'noon' || phrase === 'midday' ? 0.85 : 0.5, phrase: spoken }];
}
