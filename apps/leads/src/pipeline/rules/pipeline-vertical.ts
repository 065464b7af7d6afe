/** The trade a tenant's pipeline is seeded for. */
export const VERTICALS = ['sales', 'broker', 'education'] as const;
export type Vertical = (typeof VERTICALS)[number];

/** open: the lead is on its way; won and lost end it. */
export type StageOutcome = 'open' | 'won' | 'lost';

export interface StageSeed {
  key: string;
  label: string;
  /** `#rrggbb`. */
  color: string;
  /** Position, from 1. The only order "backwards" is measured by. */
  order: number;
  outcome: StageOutcome;
}

export interface StatusSeed {
  key: string;
  label: string;
  color: string;
}
