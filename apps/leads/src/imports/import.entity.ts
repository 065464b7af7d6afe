import type { StoredUpload } from '#leadwire/bus';
import type { ImportView } from '#leadwire/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ColumnMapping } from './csv/guess-columns.js';

export type ImportMode = 'upsert' | 'create' | 'update';
export type ImportStatus = 'queued' | 'running' | 'completed' | 'failed';

const asNumber = { from: Number, to: (value: number) => value };

@Entity('lead_imports')
export class ImportEntity {
  @PrimaryColumn({ type: 'uuid' }) id: string;
  @Column({ name: 'created_by_user_id', type: 'uuid', nullable: true }) createdByUserId: string | null;
  @Column({ type: 'varchar' }) status: ImportStatus;
  @Column({ type: 'varchar' }) mode: ImportMode;
  @Column({ type: 'jsonb' }) upload: StoredUpload;
  @Column({ type: 'jsonb' }) mapping: ColumnMapping;
  /** The last row of the file that is committed; the next run begins behind it. */
  @Column({ name: 'last_row', type: 'int' }) lastRow: number;
  @Column({ name: 'rows_read', type: 'int' }) rowsRead: number;
  @Column({ type: 'int' }) imported: number;
  @Column({ type: 'int' }) updated: number;
  @Column({ type: 'int' }) rejected: number;
  @Column({ name: 'bytes_read', type: 'bigint', transformer: asNumber }) bytesRead: number;
  @Column({ name: 'bytes_total', type: 'bigint', transformer: asNumber }) bytesTotal: number;
  @Column({ type: 'varchar', nullable: true }) failure: string | null;
  @Column({ name: 'created_at', type: 'timestamptz' }) createdAt: Date;
  @Column({ name: 'completed_at', type: 'timestamptz', nullable: true }) completedAt: Date | null;
}

/** An import as the API answers it. */
export function importView(one: ImportEntity): ImportView {
  const { id, status, mode, rowsRead, imported, updated, rejected, bytesRead, bytesTotal, failure } = one;
  return {
    id, status, mode, rowsRead, imported, updated, rejected, bytesRead, bytesTotal, failure,
    columns: Object.fromEntries(one.mapping.map(({ header, target }) => [header, target])),
    createdAt: one.createdAt.toISOString(),
    completedAt: one.completedAt?.toISOString() ?? null,
  };
}
