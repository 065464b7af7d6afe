import { createHash } from 'node:crypto';

/** A stream of numbers in [0, 1) that the same words always repeat. */
export function seededStream(...words: string[]): () => number {
  const digest = createHash('sha256').update(words.join('\u0000')).digest();
  let state = digest.readUInt32LE(0) || 1;
  return () => {
    // mulberry32
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function pick<T>(values: readonly T[], random: () => number): T {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new Error('nothing to pick from');
  return value;
}

export function pickWeighted<T extends { weight: number }>(values: readonly T[], random: () => number): T {
  let left = random() * values.reduce((sum, value) => sum + value.weight, 0);
  for (const value of values) {
    left -= value.weight;
    if (left < 0) return value;
  }
  throw new Error('nothing to pick from');
}
