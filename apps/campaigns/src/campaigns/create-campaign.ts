import { CampaignProblems, STEP_TYPES, type CampaignStep, type CampaignView, type CreateCampaign as CreateCampaignInput } from '#leadwire/contracts';
import type { TenantTx } from '#leadwire/database';
import { newId } from '#leadwire/kernel';
import type { Call } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';
import { CampaignStepEntity } from './campaign-step.entity.js';
import { CampaignEntity } from './campaign.entity.js';
import { viewCampaign } from './campaign-view.js';
import { isStepType, stepConfigProblems, type StepConfig } from './step-config.js';

const TEMPLATES = `
  select distinct on (template_key) template_key as key, id from communication_templates
  where channel = 'email' and template_key = any($1) and is_active
  order by template_key, (language = 'en') desc, language`;

/** Makes a draft of a campaign whose steps can run. */
@Injectable()
export class CreateCampaign {
  execute(call: Call<CreateCampaignInput>): Promise<CampaignView> {
    const { name, description = null, steps, segment } = call.input;
    checkSteps(steps);
    const { actor } = call.caller;
    return call.transaction(async (tx) => {
      const templates = await findTemplates(tx, steps);
      const id = newId();
      const createdByUserId = actor.kind === 'user' ? actor.id : null;
      await tx.manager.insert(CampaignEntity, { id, tenantId: call.tenantId, name, description, status: 'draft', segment, createdByUserId });
      await tx.manager.insert(CampaignStepEntity, steps.map((step, index) => stepRow(call.tenantId, id, step, index, templates)));
      return viewCampaign(tx, id);
    });
  }
}

function checkSteps(steps: CampaignStep[]): void {
  if (steps.length === 0) throw CampaignProblems.noSteps();
  const errors = steps.flatMap(({ type, config = {} }, index) => {
    if (isStepType(type)) return stepConfigProblems(type, config, `steps.${index}`);
    throw CampaignProblems.unknownStepType({ errors: [{ field: `steps.${index}.type`, message: `must be one of ${STEP_TYPES.join(', ')}` }] });
  });
  if (errors.length > 0) throw CampaignProblems.badStepConfig({ errors });
}

async function findTemplates(tx: TenantTx, steps: CampaignStep[]): Promise<Map<unknown, string>> {
  const wanted = steps.map((step) => step.config?.templateKey).filter((key) => key !== undefined);
  const rows = await tx.query<{ key: string; id: string }>(TEMPLATES, [wanted]);
  const found = new Map<unknown, string>(rows.map(({ key, id }) => [key, id]));
  const missing = steps.findIndex(({ config }) => config?.templateKey !== undefined && !found.has(config.templateKey));
  if (missing < 0) return found;
  const message = `there is no template ${String(steps[missing]!.config!.templateKey)}`;
  throw CampaignProblems.unknownTemplate({ errors: [{ field: `steps.${missing}.config.templateKey`, message }] });
}

function stepRow(tenantId: string, campaignId: string, step: CampaignStep, index: number, templates: Map<unknown, string>) {
  const { type, title = null } = step;
  const config: StepConfig = step.config ?? {};
  return { id: newId(), tenantId, campaignId, type, title, config, order: index + 1, templateId: templates.get(config.templateKey) ?? null };
}
