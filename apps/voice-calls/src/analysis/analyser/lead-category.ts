import type { Disposition, Extraction, LeadCategory, Sentiment } from './call-analyser.port.js';

/**
 * What an outcome is worth to the lead's score. To an open outcome (one marked `open`) is added what shows that the
 * lead is real: budget +3, decides +3 (does not decide −2), timeline +2, mail or phone given +2, mood +2/−2.
 * The sum stays within −30 … 30.
 */
const worth: Record<Disposition, { delta: number; open: boolean }> = {
  appointment_requested: { delta: 22, open: true },
  interested: { delta: 14, open: true },
  callback_requested: { delta: 8, open: true },
  undecided: { delta: 0, open: true },
  price_objection: { delta: -5, open: true },
  gatekeeper: { delta: 0, open: false },
  voicemail: { delta: 0, open: false },
  no_conversation: { delta: 0, open: false },
  already_has_provider: { delta: -12, open: false },
  wrong_person: { delta: -15, open: false },
  not_interested: { delta: -20, open: false },
  do_not_call: { delta: -30, open: false },
};

const MOOD: Record<Sentiment, number> = { positive: 2, neutral: 0, negative: -2 };

export function scoreDelta(disposition: Disposition, sentiment: Sentiment, extraction: Extraction): number {
  const { delta, open } = worth[disposition];
  const sum = open ? delta + MOOD[sentiment] + signsOfIntent(extraction) : delta;
  return Math.max(-30, Math.min(30, sum));
}

function signsOfIntent({ budget, decisionMaker, timeline, email, phone }: Extraction): number {
  const decides = decisionMaker ? (decisionMaker.value ? 3 : -2) : 0;
  return (budget ? 3 : 0) + decides + (timeline ? 2 : 0) + (email || phone ? 2 : 0);
}

/** Hot from 18 up; cold from −10 down, and where nobody was spoken to; warm between. */
export function leadCategory(disposition: Disposition, delta: number): LeadCategory {
  if (delta >= 18) return 'hot';
  const nobody = disposition === 'voicemail' || disposition === 'no_conversation';
  return delta <= -10 || nobody ? 'cold' : 'warm';
}
