import type { StatusView } from '#leadwire/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('lead_statuses')
export class LeadStatusEntity {
  @PrimaryColumn({ type: 'uuid' }) id: string;
  @Column({ type: 'varchar' }) key: string;
  @Column({ type: 'varchar' }) label: string;
  @Column({ type: 'varchar' }) color: string;
}

export function statusView({ key, label, color }: LeadStatusEntity): StatusView {
  return { key, label, color };
}
