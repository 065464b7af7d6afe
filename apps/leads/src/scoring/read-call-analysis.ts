import type { CallAnalyzed } from '#leadwire/contracts';
import type { CallDisposition } from './call-outcomes.js';
import type { Bant } from './qualify-lead.js';
import type { CallAnalysis } from './score-after-call.js';

/** Whether a call asked for an appointment, with or without a moment; not where it ended in a refusal. */
export function wishesAppointment({ appointment, disposition }: CallAnalyzed): boolean {
  if (disposition === 'do_not_call') return false;
  return appointment !== null || disposition === 'appointment_requested';
}

/** What scoring needs of an analysed call. */
export function readCallAnalysis(payload: CallAnalyzed): CallAnalysis {
  return {
    disposition: payload.disposition as CallDisposition,
    sentiment: payload.sentiment as CallAnalysis['sentiment'],
    scoreDelta: payload.scoreDelta,
    wantsAppointment: wishesAppointment(payload),
    budget: budgetOf(payload.extraction),
  };
}

/** What of budget, authority, need and timeline is known after a call. */
export function bantAfterCall(payload: CallAnalyzed, knownBudget: boolean): Bant {
  const { extraction, disposition } = payload;
  return {
    budget: knownBudget || budgetOf(extraction) !== null,
    authority: found(extraction, 'decisionMaker') === true,
    need: disposition === 'interested' || wishesAppointment(payload),
    timeline: found(extraction, 'timeline') !== undefined,
  };
}

// The extraction is the analyser's own record: each find is `{ value, evidence }`, and what was not said is absent.
function found(extraction: Record<string, unknown>, key: string): unknown {
  const find = extraction[key];
  return find !== null && typeof find === 'object' && 'value' in find ? find.value : undefined;
}

function budgetOf(extraction: Record<string, unknown>): string | null {
  const budget = found(extraction, 'budget');
  const named = budget !== null && typeof budget === 'object' && 'amount' in budget ? budget.amount : undefined;
  return typeof named === 'string' ? named : null;
}
