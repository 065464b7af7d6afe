import type { SuppressionView } from '#leadwire/contracts';
import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

/** An address (lower case) or number that must not be contacted any more. */
@Entity('suppressions')
export class SuppressionEntity {
  @PrimaryColumn({ type: 'uuid' }) id: string;
  @Column({ name: 'tenant_id', type: 'uuid' }) tenantId: string;
  @Column({ type: 'varchar' }) address: string;
  @Column({ type: 'varchar' }) reason: string;
  @Column({ name: 'lead_id', type: 'uuid', nullable: true }) leadId: string | null;
  @CreateDateColumn({ name: 'created_at', type: 'timestamptz' }) createdAt: Date;
}

/** A suppression as the API shows it. */
export function suppressionView({ id, address, reason, createdAt }: SuppressionEntity): SuppressionView {
  return { id, address, reason, createdAt: createdAt.toISOString() };
}
