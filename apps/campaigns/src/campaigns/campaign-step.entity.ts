import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { StepConfig } from './step-config.js';

@Entity('campaign_steps')
export class CampaignStepEntity {
  @PrimaryColumn({ type: 'uuid' }) id: string;
  @Column({ name: 'tenant_id', type: 'uuid' }) tenantId: string;
  @Column({ name: 'campaign_id', type: 'uuid' }) campaignId: string;
  @Column({ type: 'varchar' }) type: string;
  /** From 1. */
  @Column({ type: 'int' }) order: number;
  @Column({ type: 'varchar', nullable: true }) title: string | null;
  @Column({ type: 'jsonb' }) config: StepConfig;
  /** The template as it was found when the campaign was created. */
  @Column({ name: 'template_id', type: 'uuid', nullable: true }) templateId: string | null;
}
