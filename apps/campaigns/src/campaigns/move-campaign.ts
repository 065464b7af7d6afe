import { CampaignProblems } from '#leadwire/contracts';
import type { TenantTx } from '#leadwire/database';
import { Problems } from '#leadwire/kernel';
import { statusAfter, type CampaignMove } from './campaign-states.js';
import { CampaignEntity } from './campaign.entity.js';

/**
 * Moves a campaign to its next status, or refuses. The row is locked: touches under way, which read it for share, end
 * before the move, and those that come after it see the new status.
 */
export async function moveCampaign(tx: TenantTx, id: string, move: CampaignMove): Promise<CampaignEntity> {
  const campaign = await tx.manager.findOne(CampaignEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  if (!campaign) throw Problems.notFound();
  const status = statusAfter(campaign.status, move);
  if (!status) throw CampaignProblems.wrongState({ detail: `A campaign that is ${campaign.status} cannot ${move}.`, extra: { status: campaign.status } });
  const startedAt = move === 'start' ? new Date() : campaign.startedAt;
  await tx.manager.update(CampaignEntity, { id }, { status, startedAt });
  return { ...campaign, status, startedAt };
}
