import type { EnrolmentView } from '#leadwire/contracts';
import { Column, Entity, PrimaryColumn, UpdateDateColumn } from 'typeorm';

/** One lead's way through one campaign. */
@Entity('campaign_leads')
export class EnrolmentEntity {
  @PrimaryColumn({ type: 'uuid' }) id: string;
  @Column({ name: 'tenant_id', type: 'uuid' }) tenantId: string;
  @Column({ name: 'campaign_id', type: 'uuid' }) campaignId: string;
  @Column({ name: 'lead_id', type: 'uuid' }) leadId: string;
  @Column({ type: 'varchar', nullable: true }) email: string | null;
  @Column({ type: 'varchar', nullable: true }) phone: string | null;
  @Column({ type: 'varchar' }) status: string;
  @Column({ type: 'varchar', nullable: true }) reason: string | null;
  @Column({ name: 'current_step_order', type: 'int' }) currentStepOrder: number;
  @UpdateDateColumn({ name: 'updated_at', type: 'timestamptz' }) updatedAt: Date;
}

/** An enrolment as the API shows it. */
export function enrolmentView(row: EnrolmentEntity): EnrolmentView {
  const { id, leadId, email, phone, status, reason, currentStepOrder, updatedAt } = row;
  return { id, leadId, email, phone, status, reason, currentStepOrder, updatedAt: updatedAt.toISOString() };
}
