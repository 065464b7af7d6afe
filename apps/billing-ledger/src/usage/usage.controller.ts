import { billingOperations as operations, type Nothing } from '#leadwire/contracts';
import { Handle, type Call } from '#leadwire/rpc';
import { Controller } from '@nestjs/common';
import { GetSpend } from './get-spend.js';

@Controller()
export class UsageController {
  constructor(private readonly getSpend: GetSpend) {}

  @Handle(operations.getSpend)
  spend(call: Call<Nothing>) {
    return this.getSpend.execute(call);
  }
}
