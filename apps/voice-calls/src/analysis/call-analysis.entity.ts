import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('voice_call_analysis')
export class CallAnalysisEntity {
  @PrimaryColumn({ type: 'uuid' }) id: string;
  @Column({ name: 'tenant_id', type: 'uuid' }) tenantId: string;
  @Column({ name: 'call_log_id', type: 'uuid' }) callId: string;
  @Column({ name: 'lead_id', type: 'uuid', nullable: true }) leadId: string | null;
  @Column({ type: 'varchar' }) summary: string;
  @Column({ type: 'varchar' }) sentiment: string;
  @Column({ name: 'sentiment_score', type: 'double precision' }) sentimentScore: number;
  @Column({ type: 'varchar' }) disposition: string;
  @Column({ name: 'lead_category', type: 'varchar' }) leadCategory: string;
  @Column({ name: 'score_delta', type: 'int' }) scoreDelta: number;
  @Column({ name: 'lead_extraction', type: 'jsonb' }) extraction: Record<string, unknown>;
}
