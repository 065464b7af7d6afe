import type { VoiceNumberView } from '#leadwire/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('voice_agent_numbers')
export class VoiceNumberEntity {
  @PrimaryColumn({ type: 'uuid' }) id: string;
  @Column({ name: 'tenant_id', type: 'uuid' }) tenantId: string;
  @Column({ type: 'varchar' }) number: string;
  @Column({ type: 'varchar' }) provider: string;
  @Column({ name: 'default_agent_id', type: 'uuid', nullable: true }) defaultAgentId: string | null;
  @Column({ name: 'created_at', type: 'timestamptz' }) createdAt: Date;
}

/** A number as its tenant sees it. */
export function voiceNumberView(row: VoiceNumberEntity): VoiceNumberView {
  const { id, number, provider, defaultAgentId } = row;
  return { id, number, provider, defaultAgentId, createdAt: row.createdAt.toISOString() };
}
