const UNITS = [
  'zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve',
  'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen',
];
const TENS = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
const SCALES: Record<string, number> = {
  hundred: 100, thousand: 1_000, grand: 1_000, k: 1_000, million: 1_000_000, mil: 1_000_000, m: 1_000_000,
};

const SMALL = new Map<string, number>([
  ...UNITS.map((word, value) => [word, value] as const),
  ...TENS.map((word, at) => [word, (at + 2) * 10] as const),
]);

const WORD = [...SMALL.keys(), 'hundred', 'thousand', 'grand', 'million', 'a couple(?: of)?', 'a few', 'half a'].join('|');
/** A number said in words, in digits or in both: "twenty five thousand", "25k", "1.5 million", "half a million". */
export const NUMBER = `(?:(?:${WORD}|a (?=hundred|thousand|million))(?:[ -](?:and )?(?:${WORD}))*|\\d+(?:,\\d{3})*(?:\\.\\d+)?(?: ?(?:k|m|mil|grand|hundred|thousand|million)\\b)?)`;

/** The value of what `NUMBER` matched; undefined when it is none. */
export function numberOf(words: string): number | undefined {
  const said = words
    .replaceAll(/a couple(?: of)?/g, 'two')
    .replaceAll('a few', 'three')
    .replaceAll(/half a/g, '0.5')
    .replaceAll(',', '')
    .replaceAll(/(\d)(k|m)\b/g, '$1 $2');
  let total = 0;
  let group: number | undefined;
  for (const token of said.split(/[ -]+/).filter((word) => word && word !== 'and')) {
    const scale = SCALES[token];
    const value = token === 'a' ? 1 : (SMALL.get(token) ?? (/^\d/.test(token) ? Number(token) : undefined));
    if (scale === 100) group = (group ?? 1) * 100;
    else if (scale) {
      total += (group ?? 1) * scale;
      group = undefined;
    } else if (value !== undefined) group = (group ?? 0) + value;
    else return undefined;
  }
  const sum = total + (group ?? 0);
  return Number.isFinite(sum) ? sum : undefined;
}

/** Digits said one by one: "five one two, double five, oh nine" → "512 55 09" run together. */
export function spokenDigits(plain: string): string {
  const digit = `(?:zero|oh|o|one|two|three|four|five|six|seven|eight|nine|\\d)`;
  const run = new RegExp(`\\b(?:(?:double |triple )?${digit}\\b[ ,-]*){6,}`, 'g');
  return plain.replaceAll(run, (said) => {
    const doubled = said.replaceAll(/\bdouble (\w+)/g, '$1 $1').replaceAll(/\btriple (\w+)/g, '$1 $1 $1');
    return `${doubled.split(/[ ,-]+/).map(oneDigit).join('')} `;
  });
}

function oneDigit(word: string): string {
  if (word === 'oh' || word === 'o') return '0';
  const value = SMALL.get(word);
  return value === undefined ? word : String(value);
}
