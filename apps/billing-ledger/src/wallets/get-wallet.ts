import type { Nothing, WalletView } from '#leadwire/contracts';
import type { Call } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';
import { ensureWallet } from './ensure-wallet.js';
import { WalletEntity, walletView } from './wallet.entity.js';

/** The tenant's wallet, empty when nothing was paid yet. */
@Injectable()
export class GetWallet {
  execute(call: Call<Nothing>): Promise<WalletView> {
    return call.transaction(async (tx) => {
      const id = await ensureWallet(tx);
      return walletView(await tx.manager.findOneByOrFail(WalletEntity, { id }));
    });
  }
}
