import { leadStageChanged } from '#leadwire/contracts';
import type { TenantTx } from '#leadwire/database';
import type { Outbox } from '#leadwire/messaging';
import { LeadEntity } from '../leads/lead.entity.js';
import { advanceStage, type Stage, type StageMove, type StageMover } from './rules/stage-rules.js';

/** Moves a locked lead where the rules let it, and tells of it; answers what the rules said. */
export async function changeStage(
  tx: TenantTx,
  outbox: Outbox,
  lead: LeadEntity,
  stages: readonly Stage[],
  to: string,
  by: StageMover,
): Promise<StageMove> {
  const move = advanceStage(stages, lead.stage, to, by);
  if (!move.moved) return move;
  const now = new Date();
  const change = { stage: move.to, stageEnteredAt: now, updatedAt: now };
  await tx.manager.update(LeadEntity, { id: lead.id }, change);
  Object.assign(lead, change);
  await outbox.add(tx, leadStageChanged, lead.id, { from: move.from, to: move.to, by });
  return move;
}
