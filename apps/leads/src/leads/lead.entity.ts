import type { TEMPERATURES } from '#leadwire/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('leads')
export class LeadEntity {
  @PrimaryColumn({ type: 'uuid' }) id: string;
  @Column({ name: 'created_by_user_id', type: 'uuid', nullable: true }) createdByUserId: string | null;
  @Column({ name: 'first_name', type: 'text', nullable: true }) firstName: string | null;
  @Column({ name: 'last_name', type: 'text', nullable: true }) lastName: string | null;
  /** Only where it was given as one. */
  @Column({ type: 'text', nullable: true }) name: string | null;
  /** Lower case. */
  @Column({ type: 'text', nullable: true }) email: string | null;
  @Column({ name: 'email_raw', type: 'text', nullable: true }) emailRaw: string | null;
  /** E.164. */
  @Column({ type: 'text', nullable: true }) phone: string | null;
  @Column({ name: 'phone_extension', type: 'text', nullable: true }) phoneExtension: string | null;
  @Column({ name: 'phone_raw', type: 'text', nullable: true }) phoneRaw: string | null;
  @Column({ name: 'company_name', type: 'text', nullable: true }) companyName: string | null;
  @Column({ type: 'text', nullable: true }) title: string | null;
  @Column({ name: 'linkedin_url', type: 'text', nullable: true }) linkedinUrl: string | null;
  @Column({ type: 'text', nullable: true }) website: string | null;
  @Column({ type: 'text', nullable: true }) industry: string | null;
  @Column({ type: 'text', nullable: true }) city: string | null;
  @Column({ type: 'text', nullable: true }) region: string | null;
  /** ISO 3166 alpha-2 where it was recognised, else as written. */
  @Column({ type: 'text', nullable: true }) country: string | null;
  @Column({ type: 'text', nullable: true }) source: string | null;
  @Column({ type: 'varchar' }) stage: string;
  @Column({ name: 'stage_entered_at', type: 'timestamptz' }) stageEnteredAt: Date;
  @Column({ type: 'varchar' }) status: string;
  @Column({ type: 'varchar', default: 'cold' }) temperature: (typeof TEMPERATURES)[number];
  /** 0–100. */
  @Column({ name: 'lead_score', type: 'double precision', default: 0 }) leadScore: number;
  @Column({ name: 'qualification_status', type: 'varchar', default: 'new' }) qualificationStatus: string;
  @Column({ type: 'int', nullable: true }) priority: number | null;
  /** Decimal text, two places. */
  @Column({ name: 'estimated_value', type: 'numeric', precision: 18, scale: 2, nullable: true }) estimatedValue: string | null;
  /** ISO 4217. */
  @Column({ type: 'varchar', nullable: true }) currency: string | null;
  @Column({ type: 'text', array: true }) tags: string[];
  @Column({ name: 'custom_fields', type: 'jsonb' }) customFields: Record<string, unknown>;
  @Column({ type: 'text', nullable: true }) notes: string | null;
  @Column({ name: 'is_deleted', type: 'boolean', default: false }) isDeleted: boolean;
  @Column({ name: 'last_activity_at', type: 'timestamptz', nullable: true }) lastActivityAt: Date | null;
  @Column({ name: 'created_at', type: 'timestamptz' }) createdAt: Date;
  @Column({ name: 'updated_at', type: 'timestamptz' }) updatedAt: Date;
}
