import { Column, Entity, PrimaryColumn } from 'typeorm';

/** When the tenant's index last took in a change. */
@Entity('index_freshness')
export class IndexFreshnessEntity {
  @PrimaryColumn({ name: 'tenant_id', type: 'uuid' }) tenantId: string;
  @PrimaryColumn({ name: 'space_id', type: 'smallint' }) spaceId: number;
  @Column({ name: 'indexed_at', type: 'timestamptz' }) indexedAt: Date;
}
