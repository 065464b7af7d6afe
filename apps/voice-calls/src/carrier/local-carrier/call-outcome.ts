import { pickWeighted, seededStream } from './seeded-choice.js';

export type CallOutcome = 'human' | 'voicemail' | 'no-answer' | 'busy' | 'rejected' | 'failed';

const outcomes: { outcome: CallOutcome; weight: number }[] = [
  { outcome: 'human', weight: 55 },
  { outcome: 'voicemail', weight: 15 },
  { outcome: 'no-answer', weight: 14 },
  { outcome: 'busy', weight: 10 },
  { outcome: 'rejected', weight: 3 },
  { outcome: 'failed', weight: 3 },
];

/** The same number meets the same fate in every run with the same seed. */
export function outcomeOf(seed: string, to: string): CallOutcome {
  return pickWeighted(outcomes, seededStream(seed, to, 'outcome')).outcome;
}
