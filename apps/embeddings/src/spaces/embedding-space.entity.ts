import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Vectors of one space may be compared with each other, and with no others. */
@Entity('embedding_spaces')
export class EmbeddingSpaceEntity {
  @PrimaryColumn({ type: 'smallint' }) id: number;
  @Column({ type: 'varchar' }) model: string;
  @Column({ type: 'int' }) dimensions: number;
  @Column({ type: 'varchar' }) metric: string;
  @Column({ type: 'int' }) version: number;
  @Column({ type: 'boolean' }) active: boolean;
  @Column({ name: 'created_at', type: 'timestamptz' }) createdAt: Date;
}
