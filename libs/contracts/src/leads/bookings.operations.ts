import { Field } from '../declare/field.js';
import { choice, text, timestamp, uuid } from '../declare/field-types.js';
import { defineOperation } from '../declare/operation.js';
import { PageQuery, pageOf, type Page } from '../declare/page.js';

export const BOOKING_STATUSES = ['scheduled', 'confirmed', 'in_progress', 'completed', 'missed', 'no_show', 'cancelled', 'failed'] as const;

export class ListBookings extends PageQuery {
  @Field(uuid(), { optional: true }) leadId?: string;
}

export class BookingView {
  @Field(uuid()) id: string;
  @Field(uuid()) leadId: string;
  @Field(text({ max: 40 })) bookingType: string;
  @Field(text({ max: 40 }), { description: 'What it came from.' }) bookingSource: string;
  @Field(choice(BOOKING_STATUSES)) status: string;
  @Field(timestamp(), { nullable: true, description: 'Null while the moment is still to be agreed.' }) scheduledAt: string | null;
  @Field(text({ max: 60 })) timeZone: string;
  @Field(text({ max: 2000 }), { nullable: true }) notes: string | null;
  @Field(timestamp()) createdAt: string;
}

export class BookingPage extends pageOf(BookingView) {}

export const listBookings = defineOperation<ListBookings, Page<BookingView>>('leads', 'list-bookings', {
  summary: 'List bookings',
  input: ListBookings,
  answer: BookingPage,
  access: 'leads:read',
  effect: 'read',
  http: { method: 'GET', path: '/v1/bookings' },
});
