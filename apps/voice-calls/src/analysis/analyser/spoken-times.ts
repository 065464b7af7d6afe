import { numberOf } from './spoken-numbers.js';

const HOUR = '(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\\d{1,2})';
const MINUTE = '(?:ten|fifteen|twenty|thirty|forty|fifty|forty[ -]five)';
const ORDINALS = [
  'first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth', 'eleventh', 'twelfth',
  'thirteenth', 'fourteenth', 'fifteenth', 'sixteenth', 'seventeenth', 'eighteenth', 'nineteenth', 'twentieth',
];
const MONTH = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec';

const hour = (word: string) => numberOf(word) ?? 0;
const before = (word: string) => ((hour(word) + 10) % 12) + 1;

/**
 * Writes spoken times in digits, the way a date parser reads them: "half past ten" → "10:30", "at three" → "at 3",
 * "the fourteenth" → "the 14th". `AT` keeps a lone number from being a time: only after "at", "around" and the like.
 */
export function timesInDigits(plain: string): string {
  return plain
    .replaceAll(new RegExp(`\\bhalf (?:past )?(${HOUR})\\b(?! (?:hour|million|a))`, 'g'), (_, h: string) => `at ${hour(h)}:30`)
    .replaceAll(new RegExp(`\\b(?:a )?quarter (?:past|after) (${HOUR})\\b`, 'g'), (_, h: string) => `at ${hour(h)}:15`)
    .replaceAll(new RegExp(`\\b(?:a )?quarter (?:to|before|till) (${HOUR})\\b`, 'g'), (_, h: string) => `at ${before(h)}:45`)
    .replaceAll(new RegExp(`\\b(${HOUR}) o'? ?clock\\b`, 'g'), (_, h: string) => `at ${hour(h)}:00`)
    .replaceAll(
      new RegExp(`\\b(${HOUR})(?:[ :-])(${MINUTE})\\b(?! (?:thousand|hundred|grand|dollars|k|percent))`, 'g'),
      (_, h: string, m: string) => `at ${hour(h)}:${numberOf(m)}`,
    )
    .replaceAll(new RegExp(`\\b(${HOUR}) ?(a\\.? ?m\\b|p\\.? ?m\\b)\\.?`, 'g'), (_, h: string, m: string) => `at ${hour(h)} ${m[0]}m`)
    .replaceAll(
      new RegExp(`\\b(?:at|around|about|by|say) (?:about |around )?(${HOUR})\\b(?![:.,]\\d| ?(?:thousand|hundred|grand|million|k\\b|percent|dollars|euros|pounds|people))`, 'g'),
      (_, h: string) => `at ${hour(h)}`,
    )
    .replaceAll(/\b(?:at )+at\b/g, 'at')
    .replaceAll(/\b(twenty|thirty)[ -](\w+)\b/g, (said, tens: string, word: string) => ordinal(tens, word) ?? said)
    .replaceAll(/\bthe (\w+)\b/g, (said, word: string) => (ORDINALS.includes(word) ? `the ${th(ORDINALS.indexOf(word) + 1)}` : said));
}

/** "the 14th" without a month is the next 14th: the parser needs the month said. */
export function monthsNamed(text: string, today: { day: number; monthName: string; nextMonthName: string }): string {
  const lone = new RegExp(`(?<!\\b(?:${MONTH})[a-z]* )\\bthe (\\d{1,2})(?:st|nd|rd|th)\\b(?! (?:of )?(?:${MONTH}|quarter|time|one|floor))`, 'g');
  return text.replaceAll(lone, (_, day: string) =>
    `${Number(day) >= today.day ? today.monthName : today.nextMonthName} ${day}`,
  );
}

function ordinal(tens: string, word: string): string | undefined {
  const at = ORDINALS.indexOf(word);
  return at < 0 || at > 8 ? undefined : th((tens === 'twenty' ? 20 : 30) + at + 1);
}

function th(day: number): string {
  const teen = day > 10 && day < 14;
  return `${day}${teen ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th')}`;
}
