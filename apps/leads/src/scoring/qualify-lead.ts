/** What a salesperson must know before it is worth a salesperson's time. */
export interface Bant {
  budget: boolean;
  authority: boolean;
  need: boolean;
  timeline: boolean;
}

export type Qualification = 'new' | 'mql' | 'sql';

export const MQL_SCORE = 40;
export const SQL_SCORE = 70;
export const SQL_BANT = 3;

/** By automation only; qualified, disqualified and converted are a person's to say. */
export function qualifyLead(score: number, { budget, authority, need, timeline }: Bant): Qualification {
  const known = [budget, authority, need, timeline].filter(Boolean).length;
  if (score >= SQL_SCORE && known >= SQL_BANT) return 'sql';
  return score >= MQL_SCORE ? 'mql' : 'new';
}
