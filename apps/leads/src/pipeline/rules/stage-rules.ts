import type { StageOutcome } from './pipeline-vertical.js';

/** What the rules need of a tenant's stage. */
export interface Stage {
  key: string;
  order: number;
  outcome: StageOutcome;
}

export type StageMover = 'person' | 'automation';
export type StageRefusal = 'stage-unknown' | 'stage-same' | 'stage-backwards' | 'stage-closed';
export type StageMove = { moved: true; from: string; to: string } | { moved: false; stage: string; why: StageRefusal };

function refusalFor(current: Stage | undefined, target: Stage | undefined, by: StageMover): StageRefusal | null {
  if (!target) return 'stage-unknown';
  if (current?.key === target.key) return 'stage-same';
  // A stage that was removed says nothing about order: leaving it can be no step back.
  if (by === 'person' || !current) return null;
  if (current.outcome !== 'open') return 'stage-closed';
  return target.order < current.order ? 'stage-backwards' : null;
}

/**
 * Whether a lead in `current` goes to `proposed`. Automation only goes forward and never out of a stage that ended the
 * lead, so that a late event cannot undo what was decided since; a person goes anywhere.
 */
export function advanceStage(
  stages: readonly Stage[],
  current: string,
  proposed: string,
  by: StageMover,
): StageMove {
  const find = (key: string): Stage | undefined => stages.find((stage) => stage.key === key);
  const why = refusalFor(find(current), find(proposed), by);
  return why ? { moved: false, stage: current, why } : { moved: true, from: current, to: proposed };
}

/** The stage a new lead stands in: the first open one; null where the tenant has none. */
export function firstStage(stages: readonly Stage[]): string | null {
  const open = stages.filter(({ outcome }) => outcome === 'open').sort((one, other) => one.order - other.order);
  return open[0]?.key ?? null;
}
