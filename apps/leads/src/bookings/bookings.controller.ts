import { leadsOperations as operations, type ListBookings as ListBookingsInput } from '#leadwire/contracts';
import { Handle, type Call } from '#leadwire/rpc';
import { Controller } from '@nestjs/common';
import { ListBookings } from './list-bookings.js';

@Controller()
export class BookingsController {
  constructor(private readonly list: ListBookings) {}

  @Handle(operations.listBookings)
  listBookings(call: Call<ListBookingsInput>) {
    return this.list.execute(call);
  }
}
