import { billingOperations as operations, type PageQuery } from '#leadwire/contracts';
import { Handle, type Call } from '#leadwire/rpc';
import { Controller } from '@nestjs/common';
import { ListPrices } from './list-prices.js';

@Controller()
export class PricingController {
  constructor(private readonly prices: ListPrices) {}

  @Handle(operations.listPrices)
  list(call: Call<PageQuery>) {
    return this.prices.execute(call);
  }
}
