export type CampaignStatus = 'draft' | 'running' | 'paused' | 'completed' | 'stopped';
export type CampaignMove = 'start' | 'pause' | 'resume' | 'complete';

const MOVES: Record<CampaignMove, { from: CampaignStatus; to: CampaignStatus }> = {
  start: { from: 'draft', to: 'running' },
  pause: { from: 'running', to: 'paused' },
  resume: { from: 'paused', to: 'running' },
  complete: { from: 'running', to: 'completed' },
};

/** Where a move leads from a status; undefined when it is not allowed there. */
export function statusAfter(status: CampaignStatus, move: CampaignMove): CampaignStatus | undefined {
  return MOVES[move].from === status ? MOVES[move].to : undefined;
}
