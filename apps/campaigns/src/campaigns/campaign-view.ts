import type { CampaignProgress, CampaignStep, CampaignView } from '#leadwire/contracts';
import type { TenantTx } from '#leadwire/database';
import { Problems } from '#leadwire/kernel';
import { In } from 'typeorm';
import { progressOf } from './campaign-progress.js';
import { CampaignStepEntity } from './campaign-step.entity.js';
import { CampaignEntity } from './campaign.entity.js';

/** A campaign as the API shows it; unknown or another tenant's is not found. */
export async function viewCampaign(tx: TenantTx, id: string): Promise<CampaignView> {
  const campaign = await tx.manager.findOneBy(CampaignEntity, { id });
  if (!campaign) throw Problems.notFound();
  return (await viewCampaigns(tx, [campaign]))[0]!;
}

/** Campaigns as the API shows them, with two queries for all. */
export async function viewCampaigns(tx: TenantTx, campaigns: CampaignEntity[]): Promise<CampaignView[]> {
  const ids = campaigns.map(({ id }) => id);
  const steps = await tx.manager.find(CampaignStepEntity, { where: { campaignId: In(ids) }, order: { order: 'ASC' } });
  const progress = await progressOf(tx, ids);
  return campaigns.map((row) => view(row, steps.filter(({ campaignId }) => campaignId === row.id), progress.get(row.id)!));
}

function view(row: CampaignEntity, steps: CampaignStepEntity[], progress: CampaignProgress): CampaignView {
  const { id, name, status, segment, createdAt, startedAt, completedAt } = row;
  const moments = { createdAt: createdAt.toISOString(), startedAt: startedAt?.toISOString() ?? null, completedAt: completedAt?.toISOString() ?? null };
  return { id, name, status, steps: steps.map(stepView), segment, progress, ...moments };
}

function stepView({ type, title, config }: CampaignStepEntity): CampaignStep {
  return { type, ...(title !== null && { title }), config: { ...config } };
}
