import type { TemplateView } from '#leadwire/contracts';
import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

@Entity('communication_templates')
export class TemplateEntity {
  @PrimaryColumn({ type: 'uuid' }) id: string;
  @Column({ name: 'tenant_id', type: 'uuid' }) tenantId: string;
  @Column({ type: 'varchar' }) channel: string;
  @Column({ name: 'template_key', type: 'varchar' }) key: string;
  @Column({ type: 'varchar' }) language: string;
  @Column({ type: 'varchar' }) subject: string;
  @Column({ type: 'text' }) body: string;
  @Column({ name: 'variables_schema', type: 'jsonb' }) variables: string[];
  @CreateDateColumn({ name: 'created_at', type: 'timestamptz' }) createdAt: Date;
}

/** A template as the API shows it. */
export function templateView(row: TemplateEntity): TemplateView {
  const { id, key, channel, language, subject, body, variables, createdAt } = row;
  return { id, key, channel, language, subject, body, variables, createdAt: createdAt.toISOString() };
}
