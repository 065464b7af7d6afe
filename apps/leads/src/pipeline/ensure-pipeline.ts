import type { TenantTx } from '#leadwire/database';
import { newId } from '#leadwire/kernel';
import { TenantSettingsEntity } from '../tenants/tenant-settings.entity.js';
import { DEFAULT_STAGES } from './rules/default-stages.js';
import { DEFAULT_STATUSES, FIRST_STATUS } from './rules/default-statuses.js';
import { LeadStageEntity, ruleStage } from './lead-stage.entity.js';
import { firstStage, type Stage } from './rules/stage-rules.js';

/** A tenant's settings and stages, and where a new lead begins. */
export interface Pipeline {
  settings: TenantSettingsEntity;
  stages: Stage[];
  firstStage: string;
  firstStatus: string;
}

// Both inserts leave what is there alone, so whoever comes first (the event, an import, a request) seeds, and once.
const SEED_STAGES = `
  insert into lead_stages (id, key, label, color, display_order, outcome)
  select * from json_to_recordset($1) as s(id uuid, key text, label text, color text, "order" int, outcome text)
  on conflict (tenant_id, key) do nothing`;
const SEED_STATUSES = `
  insert into lead_statuses (id, key, label, color)
  select * from json_to_recordset($1) as s(id uuid, key text, label text, color text)
  on conflict (tenant_id, key) do nothing`;

/** The tenant's pipeline; a tenant that nobody has told of yet is given the defaults of the sales vertical first. */
export async function ensurePipeline(tx: TenantTx): Promise<Pipeline> {
  const { tenantId } = tx;
  const settings = (await tx.manager.findOneBy(TenantSettingsEntity, { tenantId })) ?? (await seed(tx));
  const stages = (await tx.manager.find(LeadStageEntity, { order: { displayOrder: 'ASC' } })).map(ruleStage);
  const first = firstStage(stages) ?? stages[0]!.key;
  return { settings, stages, firstStage: first, firstStatus: FIRST_STATUS };
}

async function seed(tx: TenantTx): Promise<TenantSettingsEntity> {
  await tx.query(`insert into tenant_settings default values on conflict do nothing`);
  const settings = await tx.manager.findOneByOrFail(TenantSettingsEntity, { tenantId: tx.tenantId });
  const { vertical } = settings;
  await tx.query(SEED_STAGES, [withIds(DEFAULT_STAGES[vertical])]);
  await tx.query(SEED_STATUSES, [withIds(DEFAULT_STATUSES[vertical])]);
  return settings;
}

function withIds(seeds: readonly object[]): string {
  return JSON.stringify(seeds.map((one) => ({ id: newId(), ...one })));
}
