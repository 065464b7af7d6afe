import { billingOperations as operations, type Nothing, type PageQuery } from '#leadwire/contracts';
import { Handle, type Call } from '#leadwire/rpc';
import { Controller } from '@nestjs/common';
import { GetWallet } from './get-wallet.js';
import { ListTransactions } from './list-transactions.js';

@Controller()
export class WalletsController {
  constructor(
    private readonly getWallet: GetWallet,
    private readonly transactions: ListTransactions,
  ) {}

  @Handle(operations.getWallet)
  get(call: Call<Nothing>) {
    return this.getWallet.execute(call);
  }

  @Handle(operations.listTransactions)
  listTransactions(call: Call<PageQuery>) {
    return this.transactions.execute(call);
  }
}
