import { billingOperations as operations, type Nothing } from '#leadwire/contracts';
import { Handle, type Call } from '#leadwire/rpc';
import { Controller } from '@nestjs/common';
import { CheckLedger } from './check-ledger.js';

@Controller()
export class LedgerController {
  constructor(private readonly checkLedger: CheckLedger) {}

  @Handle(operations.checkLedger)
  check(call: Call<Nothing>) {
    return this.checkLedger.execute(call);
  }
}
