import type { TimelineEntry } from '#leadwire/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('lead_activities')
export class ActivityEntity {
  @PrimaryColumn({ type: 'uuid' }) id: string;
  @Column({ name: 'lead_id', type: 'uuid' }) leadId: string;
  /** The event it tells of: one entry an event. */
  @Column({ name: 'event_id', type: 'uuid' }) eventId: string;
  @Column({ type: 'varchar' }) type: string;
  @Column({ type: 'varchar' }) summary: string;
  @Column({ type: 'jsonb' }) details: Record<string, unknown>;
  @Column({ name: 'occurred_at', type: 'timestamptz' }) occurredAt: Date;
}

/** A timeline entry as the API answers it. */
export function activityView({ id, type, summary, details, occurredAt }: ActivityEntity): TimelineEntry {
  return { id, type, summary, details, occurredAt: occurredAt.toISOString() };
}
