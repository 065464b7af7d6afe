import type { VoiceAgentView } from '#leadwire/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('voice_agents')
export class VoiceAgentEntity {
  @PrimaryColumn({ type: 'uuid' }) id: string;
  @Column({ name: 'tenant_id', type: 'uuid' }) tenantId: string;
  @Column({ type: 'varchar' }) name: string;
  @Column({ name: 'agent_instructions', type: 'text' }) instructions: string;
  @Column({ name: 'opening_line', type: 'text' }) openingLine: string;
  @Column({ name: 'talking_points', type: 'jsonb' }) talkingPoints: string[];
  @Column({ type: 'varchar' }) language: string;
  @Column({ name: 'max_minutes', type: 'int' }) maxMinutes: number;
  @Column({ name: 'created_at', type: 'timestamptz' }) createdAt: Date;
}

/** A voice agent as its tenant sees it. */
export function voiceAgentView(agent: VoiceAgentEntity): VoiceAgentView {
  const { id, name, instructions, openingLine, talkingPoints, language, maxMinutes } = agent;
  return { id, name, instructions, openingLine, talkingPoints, language, maxMinutes, createdAt: agent.createdAt.toISOString() };
}
