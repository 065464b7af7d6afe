import type { BookingView, ListBookings as ListBookingsInput, Page } from '#leadwire/contracts';
import { idCursor, pageOfRows } from '#leadwire/database';
import type { Call } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { BookingEntity, bookingView } from './booking.entity.js';

/** Bookings, the last made first; all of the tenant or those of one lead. */
@Injectable()
export class ListBookings {
  execute(call: Call<ListBookingsInput>): Promise<Page<BookingView>> {
    const { limit = 50, cursor, leadId } = call.input;
    return call.transaction(async (tx) => {
      const rows = await tx.manager.find(BookingEntity, {
        where: { isDeleted: false, ...(leadId && { leadId }), ...(cursor && { id: LessThan(idCursor(cursor)) }) },
        order: { id: 'DESC' },
        take: limit + 1,
      });
      return pageOfRows(rows, limit, (row) => row.id, bookingView);
    });
  }
}
