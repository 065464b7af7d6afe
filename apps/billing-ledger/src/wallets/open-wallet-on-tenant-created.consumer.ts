import { tenantCreated } from '#leadwire/contracts';
import { Consumer, type Delivery, type Reaction } from '#leadwire/messaging';
import { ensureWallet } from './ensure-wallet.js';

/** A tenant has a wallet from the start. */
@Consumer({ name: 'open-wallet-on-tenant-created', events: [tenantCreated] })
export class OpenWalletOnTenantCreated implements Reaction {
  async handle(delivery: Delivery): Promise<void> {
    await delivery.transaction(async (tx) => void (await ensureWallet(tx)));
  }
}
