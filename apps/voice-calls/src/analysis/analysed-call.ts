import type { AppointmentWish, CallAnalyzed } from '#leadwire/contracts';
import { subjectOf, type CallLogEntity } from '../calls/call-log.entity.js';
import type { CallAnalysis } from './analyser/call-analyser.port.js';

const MAX_DELTA = 30;

/** What an analysis tells the other services. */
export function analyzedPayload(call: CallLogEntity, analysis: CallAnalysis): CallAnalyzed {
  const { summary, sentiment, sentimentScore, disposition, leadCategory, extraction } = analysis;
  return {
    ...subjectOf(call),
    summary: summary.slice(0, 4_000),
    sentiment,
    sentimentScore: Math.max(-1, Math.min(1, sentimentScore)),
    disposition,
    leadCategory,
    scoreDelta: Math.max(-MAX_DELTA, Math.min(MAX_DELTA, Math.round(analysis.scoreDelta))),
    appointment: wishOf(analysis),
    extraction: { ...extraction },
    objections: [...new Set(extraction.objections.map((objection) => objection.value))],
  };
}

function wishOf({ extraction }: CallAnalysis): AppointmentWish | null {
  const { wished, startsAt, phrase, evidence } = extraction.appointment;
  if (!wished) return null;
  return { startsAt: startsAt ?? null, phrase: (phrase ?? evidence?.text ?? '').slice(0, 300) };
}
