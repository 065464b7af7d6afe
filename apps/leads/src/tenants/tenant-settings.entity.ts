import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Vertical } from '../pipeline/rules/pipeline-vertical.js';

/** What this service keeps of a tenant. */
@Entity('tenant_settings')
export class TenantSettingsEntity {
  @PrimaryColumn({ name: 'tenant_id', type: 'uuid' }) tenantId: string;
  @Column({ type: 'varchar' }) vertical: Vertical;
  /** ISO 3166 alpha-2: how phones without a prefix are read. */
  @Column({ type: 'varchar' }) country: string;
  /** IANA. */
  @Column({ name: 'time_zone', type: 'varchar' }) timeZone: string;
}
