import { billingOperations as operations, type ReserveForUsage as ReserveInput } from '#leadwire/contracts';
import { Handle, type Call } from '#leadwire/rpc';
import { Controller } from '@nestjs/common';
import { ReserveForUsage } from './reserve-for-usage.js';

@Controller()
export class ReservationsController {
  constructor(private readonly reserve: ReserveForUsage) {}

  @Handle(operations.reserveForUsage)
  reserveForUsage(call: Call<ReserveInput>) {
    return this.reserve.execute(call);
  }
}
