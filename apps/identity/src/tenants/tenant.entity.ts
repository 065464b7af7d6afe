import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

@Entity('tenants')
export class TenantEntity {
  @PrimaryColumn({ type: 'uuid' }) id: string;
  @Column({ type: 'varchar' }) name: string;
  @Column({ type: 'varchar' }) slug: string;
  @Column({ type: 'varchar', default: 'trial' }) status: string;
  @Column({ name: 'plan_tier', type: 'varchar', default: 'free' }) planTier: string;
  @Column({ type: 'varchar' }) country: string;
  @Column({ type: 'varchar' }) timezone: string;
  @CreateDateColumn({ name: 'created_at', type: 'timestamptz' }) createdAt: Date;
}
