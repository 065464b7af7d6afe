import type { ActivityView } from '#leadwire/contracts';
import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

/** One act of a campaign towards a lead, or of a lead towards it. */
@Entity('campaign_lead_activities')
export class ActivityEntity {
  @PrimaryColumn({ type: 'uuid' }) id: string;
  @Column({ name: 'tenant_id', type: 'uuid' }) tenantId: string;
  @Column({ name: 'campaign_id', type: 'uuid' }) campaignId: string;
  @Column({ name: 'campaign_lead_id', type: 'uuid' }) campaignLeadId: string;
  @Column({ name: 'lead_id', type: 'uuid' }) leadId: string;
  @Column({ name: 'step_type', type: 'varchar' }) stepType: string;
  @Column({ type: 'varchar' }) channel: string;
  @Column({ type: 'varchar' }) status: string;
  @Column({ type: 'text', nullable: true }) subject: string | null;
  @Column({ name: 'error_message', type: 'varchar', nullable: true }) detail: string | null;
  @Column({ type: 'varchar', nullable: true }) reference: string | null;
  @CreateDateColumn({ name: 'created_at', type: 'timestamptz' }) createdAt: Date;
}

/** An activity as the API shows it. */
export function activityView(row: ActivityEntity): ActivityView {
  const { id, campaignLeadId, leadId, stepType, channel, status, subject, detail, reference, createdAt } = row;
  const shown = { subject: subject?.slice(0, 300) ?? null, detail, reference, createdAt: createdAt.toISOString() };
  return { id, campaignLeadId, leadId, stepType, channel, status, ...shown };
}
