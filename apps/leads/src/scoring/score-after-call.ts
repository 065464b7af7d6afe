import type { Vertical } from '../pipeline/rules/pipeline-vertical.js';
import {
  MILESTONES,
  STAGE_AFTER_CALL,
  STAGE_WITH_APPOINTMENT,
  type CallDisposition,
} from './call-outcomes.js';
import { clampScore, temperatureOf, type Temperature } from './scoring-model.js';

export interface CallAnalysis {
  disposition: CallDisposition;
  sentiment: 'positive' | 'neutral' | 'negative';
  /** What the analyser says the call is worth, −30 … 30: mood and budget are in it already. */
  scoreDelta: number;
  wantsAppointment: boolean;
  /** Decimal text, where one was named. */
  budget: string | null;
}

export interface ScoreAfterCall {
  score: number;
  temperature: Temperature;
  /** Null: the call is no reason to move. */
  proposedStage: string | null;
  /** One line a reason, for the score's record. */
  evidence: string[];
}

/** Who asked not to be called is cold, however promising they were. */
const HIGHEST_AFTER_REFUSAL = 20;
const LARGEST_DELTA = 30;

function newScore(previous: number, { disposition, scoreDelta }: CallAnalysis): number {
  const delta = Number.isFinite(scoreDelta) ? Math.max(-LARGEST_DELTA, Math.min(LARGEST_DELTA, scoreDelta)) : 0;
  const score = clampScore(previous + delta);
  return disposition === 'do_not_call' ? Math.min(score, HIGHEST_AFTER_REFUSAL) : score;
}

function proposeStage({ disposition, wantsAppointment }: CallAnalysis, vertical: Vertical): string | null {
  const milestone = MILESTONES[disposition];
  // Refusal outweighs a meeting that was spoken of before it.
  const meets = disposition === 'appointment_requested' || (wantsAppointment && milestone !== 'refused');
  const reached = meets ? 'wants' : milestone;
  return (meets && STAGE_WITH_APPOINTMENT[vertical]) || STAGE_AFTER_CALL[vertical][reached];
}

/** What one analysed call does to a lead. Pure: the same call on the same score answers the same. */
export function scoreAfterCall(previous: number, analysis: CallAnalysis, vertical: Vertical): ScoreAfterCall {
  const score = newScore(previous, analysis);
  const change = score - previous;
  const outcome = `Call ended as ${analysis.disposition}, ${analysis.sentiment}: ${change > 0 ? '+' : ''}${change}`;
  const evidence = [outcome];
  if (analysis.wantsAppointment) evidence.push('Asked for an appointment');
  if (analysis.budget) evidence.push(`Named a budget of ${analysis.budget}`);
  return { score, temperature: temperatureOf(score), proposedStage: proposeStage(analysis, vertical), evidence };
}
