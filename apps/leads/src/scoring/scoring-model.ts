export type Temperature = 'cold' | 'warm' | 'hot';
export type FactValue = number | boolean | string;
/** What is known of a lead at one moment; a fact that is absent or null is not known and earns nothing. */
export type Facts = Readonly<Record<string, FactValue | null | undefined>>;

interface RuleOf {
  fact: string;
  /** For the evidence a person reads. */
  label: string;
}
/** The first step that is reached counts: `atLeast` from the top down, `atMost` from the bottom up. */
export type StepRule = RuleOf & { steps: 'atLeast' | 'atMost'; points: readonly (readonly [limit: number, points: number])[]; beyond?: number };
export type FlagRule = RuleOf & { when: true; points: number };
export type ChoiceRule = RuleOf & { choices: Readonly<Record<string, number>> };
export type PlainRule = StepRule | FlagRule | ChoiceRule;
/** Of several only the first that earns or costs anything. */
export type Rule = PlainRule | { firstOf: readonly PlainRule[] };

export interface ScoreComponent {
  key: string;
  label: string;
  cap: number;
  floor: number;
  rules: readonly Rule[];
}

/** A tenant's model is this very data, stored; the built-in ones are two of it. */
export interface ScoringModel {
  key: string;
  components: readonly ScoreComponent[];
  /** Best first; the last one has 0. */
  grades: readonly (readonly [grade: string, atLeast: number])[];
}

export const LOWEST_SCORE = 0;
export const HIGHEST_SCORE = 100;

export const clampScore = (score: number): number => Math.max(LOWEST_SCORE, Math.min(HIGHEST_SCORE, score));

/** Up to 20 cold, up to 50 warm, above that hot. */
export function temperatureOf(score: number): Temperature {
  if (score <= 20) return 'cold';
  return score <= 50 ? 'warm' : 'hot';
}
