import {
  clampScore,
  temperatureOf,
  type Facts,
  type FactValue,
  type PlainRule,
  type Rule,
  type ScoreComponent,
  type ScoringModel,
  type StepRule,
  type Temperature,
} from './scoring-model.js';

export interface ScoreEvidence {
  component: string;
  fact: string;
  value: FactValue;
  /** Before the component's cap. */
  points: number;
  /** For a person: `Monthly income 2500000: +32`. */
  text: string;
}

export interface ComponentScore {
  key: string;
  label: string;
  points: number;
  cap: number;
  floor: number;
}

export interface LeadScore {
  model: string;
  /** 0–100. */
  score: number;
  temperature: Temperature;
  /** Null where the model grades none. */
  grade: string | null;
  components: ComponentScore[];
  evidence: ScoreEvidence[];
}

function stepPoints(rule: StepRule, value: FactValue): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) return 0;
  const reached = rule.points.find(([limit]) => (rule.steps === 'atLeast' ? value >= limit : value <= limit));
  return reached?.[1] ?? rule.beyond ?? 0;
}

function pointsOf(rule: PlainRule, value: FactValue): number {
  if ('steps' in rule) return stepPoints(rule, value);
  if ('when' in rule) return value === true ? rule.points : 0;
  return typeof value === 'string' && Object.hasOwn(rule.choices, value) ? rule.choices[value]! : 0;
}

function readRule(component: string, rule: PlainRule, facts: Facts): ScoreEvidence[] {
  const value = facts[rule.fact];
  if (value === undefined || value === null) return [];
  const points = pointsOf(rule, value);
  const said = value === true ? '' : ` ${String(value).slice(0, 100)}`;
  const text = `${rule.label}${said}: ${points > 0 ? '+' : ''}${points}`;
  return points === 0 ? [] : [{ component, fact: rule.fact, value, points, text }];
}

function readRules(component: string, rule: Rule, facts: Facts): ScoreEvidence[] {
  if (!('firstOf' in rule)) return readRule(component, rule, facts);
  return rule.firstOf.flatMap((one) => readRule(component, one, facts)).slice(0, 1);
}

function scoreComponent(component: ScoreComponent, facts: Facts): { score: ComponentScore; evidence: ScoreEvidence[] } {
  const { key, label, cap, floor } = component;
  const evidence = component.rules.flatMap((rule) => readRules(key, rule, facts));
  const sum = evidence.reduce((total, { points }) => total + points, 0);
  return { score: { key, label, points: Math.max(floor, Math.min(cap, sum)), cap, floor }, evidence };
}

/** The score of what is known, with the reason for every point. Facts as of a date answer the score as of that date. */
export function scoreLead(model: ScoringModel, facts: Facts): LeadScore {
  const scored = model.components.map((component) => scoreComponent(component, facts));
  const score = clampScore(scored.reduce((total, one) => total + one.score.points, 0));
  return {
    model: model.key,
    score,
    temperature: temperatureOf(score),
    grade: model.grades.find(([, atLeast]) => score >= atLeast)?.[0] ?? null,
    components: scored.map((one) => one.score),
    evidence: scored.flatMap((one) => one.evidence),
  };
}
