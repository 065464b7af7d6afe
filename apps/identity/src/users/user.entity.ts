import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('users')
export class UserEntity {
  @PrimaryColumn({ type: 'uuid' }) id: string;
  @Column({ type: 'varchar' }) email: string;
  @Column({ name: 'password_hash', type: 'varchar', nullable: true }) passwordHash: string | null;
  @Column({ name: 'first_name', type: 'varchar', nullable: true }) firstName: string | null;
  @Column({ name: 'last_name', type: 'varchar', nullable: true }) lastName: string | null;
  @Column({ name: 'primary_tenant_id', type: 'uuid' }) primaryTenantId: string;
  @Column({ name: 'is_active', type: 'boolean', default: true }) isActive: boolean;
  @Column({ name: 'failed_sign_ins', type: 'int', default: 0 }) failedSignIns: number;
  @Column({ name: 'locked_until', type: 'timestamptz', nullable: true }) lockedUntil: Date | null;
  @Column({ name: 'last_login_at', type: 'timestamptz', nullable: true }) lastLoginAt: Date | null;
}
