const LONGEST = 280;

/** The beginning of an embedded text, cut between words: what a person reads beside a hit. */
export function excerptOf(text: string): string {
  if (text.length <= LONGEST) return text;
  const cut = text.slice(0, LONGEST);
  const lastSpace = cut.lastIndexOf(' ');
  // A text without spaces (Chinese, a long link) is cut where it must be, but not through a surrogate pair.
  const whole = lastSpace > LONGEST / 2 ? cut.slice(0, lastSpace) : cut.replace(/[\ud800-\udbff]$/, '');
  return `${whole} …`;
}
