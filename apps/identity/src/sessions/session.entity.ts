import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

/** One sign-in; all its refresh tokens are one family. */
@Entity('sessions')
export class SessionEntity {
  @PrimaryColumn({ type: 'uuid' }) id: string;
  @Column({ name: 'tenant_id', type: 'uuid' }) tenantId: string;
  @Column({ name: 'user_id', type: 'uuid' }) userId: string;
  @CreateDateColumn({ name: 'created_at', type: 'timestamptz' }) createdAt: Date;
  @Column({ name: 'revoked_at', type: 'timestamptz', nullable: true }) revokedAt: Date | null;
  @Column({ name: 'revoked_reason', type: 'varchar', nullable: true }) revokedReason: string | null;
}
