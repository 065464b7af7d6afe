import type { StageView } from '#leadwire/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { StageOutcome } from './rules/pipeline-vertical.js';
import type { Stage } from './rules/stage-rules.js';

@Entity('lead_stages')
export class LeadStageEntity {
  @PrimaryColumn({ type: 'uuid' }) id: string;
  @Column({ type: 'varchar' }) key: string;
  @Column({ type: 'varchar' }) label: string;
  @Column({ type: 'varchar' }) color: string;
  @Column({ name: 'display_order', type: 'int' }) displayOrder: number;
  @Column({ type: 'varchar' }) outcome: StageOutcome;
}

export function stageView({ key, label, color, displayOrder }: LeadStageEntity): StageView {
  return { key, label, color, displayOrder };
}

/** The stage as the rules see it. */
export function ruleStage({ key, displayOrder, outcome }: LeadStageEntity): Stage {
  return { key, order: displayOrder, outcome };
}
