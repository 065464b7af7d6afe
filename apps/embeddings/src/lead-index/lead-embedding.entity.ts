import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A lead's text and its vector in one space. */
@Entity('lead_embeddings')
export class LeadEmbeddingEntity {
  @PrimaryColumn({ name: 'tenant_id', type: 'uuid' }) tenantId: string;
  @PrimaryColumn({ name: 'lead_id', type: 'uuid' }) leadId: string;
  @PrimaryColumn({ name: 'space_id', type: 'smallint' }) spaceId: number;
  /** Null when the lead says nothing about itself. */
  @Column({ type: 'vector', length: 384, nullable: true }) embedding: number[] | null;
  @Column({ type: 'text' }) content: string;
  @Column({ name: 'content_hash', type: 'char', length: 64 }) contentHash: string;
  @Column({ type: 'varchar', length: 400 }) excerpt: string;
  /** Of the newest event of the lead that was applied; as text, it is a bigint. */
  @Column({ name: 'event_sequence', type: 'bigint' }) eventSequence: string;
  @Column({ name: 'updated_at', type: 'timestamptz' }) updatedAt: Date;
}
