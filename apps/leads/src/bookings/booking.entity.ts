import type { BookingView } from '#leadwire/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('lead_bookings')
export class BookingEntity {
  @PrimaryColumn({ type: 'uuid' }) id: string;
  @Column({ name: 'lead_id', type: 'uuid' }) leadId: string;
  /** The call in which it was wished for: one booking a call. */
  @Column({ name: 'call_id', type: 'uuid', nullable: true }) callId: string | null;
  @Column({ name: 'booking_type', type: 'varchar' }) bookingType: string;
  @Column({ name: 'booking_source', type: 'varchar' }) bookingSource: string;
  @Column({ type: 'varchar' }) status: string;
  @Column({ name: 'scheduled_at', type: 'timestamptz', nullable: true }) scheduledAt: Date | null;
  @Column({ type: 'varchar' }) timezone: string;
  @Column({ type: 'text', nullable: true }) notes: string | null;
  @Column({ name: 'is_deleted', type: 'boolean', default: false }) isDeleted: boolean;
  @Column({ name: 'created_at', type: 'timestamptz' }) createdAt: Date;
}

/** A booking as the API answers it. */
export function bookingView(booking: BookingEntity): BookingView {
  const { id, leadId, bookingType, bookingSource, status, timezone, notes } = booking;
  return {
    id, leadId, bookingType, bookingSource, status, notes,
    timeZone: timezone,
    scheduledAt: booking.scheduledAt?.toISOString() ?? null,
    createdAt: booking.createdAt.toISOString(),
  };
}
