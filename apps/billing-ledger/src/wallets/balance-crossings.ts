import { compareDecimals } from '#leadwire/kernel';

export type Crossing = 'low' | 'depleted';

/**
 * Which marks a charge took the balance across. A balance that is below already crosses nothing, so each notice is
 * given once; only a top-up brings it back above, and so arms the notice again. Postings of a wallet follow one
 * another under its lock, so no crossing falls between two charges.
 */
export function crossingsOf(balance: { before: string; after: string; threshold: string | null }): Crossing[] {
  const { before, after, threshold } = balance;
  const crossings: Crossing[] = [];
  const fellBelow = threshold !== null && compareDecimals(before, threshold) >= 0 && compareDecimals(after, threshold) < 0;
  if (fellBelow) crossings.push('low');
  if (compareDecimals(before, '0') > 0 && compareDecimals(after, '0') <= 0) crossings.push('depleted');
  return crossings;
}
