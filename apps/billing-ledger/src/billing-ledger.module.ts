import { billingOperations } from '#leadwire/contracts';
import { ServiceModule } from '#leadwire/service-kit';
import { Module } from '@nestjs/common';
import { BillingLedgerConfig } from './billing-ledger.config.js';
import { BookPayment } from './checkouts/book-payment.js';
import { CheckoutsController } from './checkouts/checkouts.controller.js';
import { CreateCheckout } from './checkouts/create-checkout.js';
import { GetCheckout } from './checkouts/get-checkout.js';
import { PaymentEntity } from './checkouts/payment.entity.js';
import { ReceivePayment } from './checkouts/receive-payment.js';
import { CheckLedger } from './ledger/check-ledger.js';
import { LedgerController } from './ledger/ledger.controller.js';
import { paymentsProvider } from './payments/payments.provider.js';
import { ListPrices } from './pricing/list-prices.js';
import { PricingController } from './pricing/pricing.controller.js';
import { ExpireReservations } from './reservations/expire-reservations.worker.js';
import { GiveBack } from './reservations/give-back.js';
import { ReservationsController } from './reservations/reservations.controller.js';
import { ReserveForUsage } from './reservations/reserve-for-usage.js';
import { ChargeOnUsageRecorded } from './usage/charge-on-usage-recorded.consumer.js';
import { ChargeUsage } from './usage/charge-usage.js';
import { GetSpend } from './usage/get-spend.js';
import { SettleUsage } from './usage/settle-usage.js';
import { UsageController } from './usage/usage.controller.js';
import { GetWallet } from './wallets/get-wallet.js';
import { LedgerTransactionEntity } from './wallets/ledger-transaction.entity.js';
import { ListTransactions } from './wallets/list-transactions.js';
import { OpenWalletOnTenantCreated } from './wallets/open-wallet-on-tenant-created.consumer.js';
import { TellBalance } from './wallets/tell-balance.js';
import { WalletEntity } from './wallets/wallet.entity.js';
import { WalletsController } from './wallets/wallets.controller.js';

@Module({
  imports: [
    ServiceModule.forService({
      name: 'billing-ledger',
      config: BillingLedgerConfig,
      entities: [WalletEntity, LedgerTransactionEntity, PaymentEntity],
      operations: billingOperations,
    }),
  ],
  controllers: [WalletsController, CheckoutsController, PricingController, ReservationsController, UsageController, LedgerController],
  providers: [
    paymentsProvider, OpenWalletOnTenantCreated, GetWallet, ListTransactions, TellBalance,
    CreateCheckout, GetCheckout, ReceivePayment, BookPayment,
    ListPrices, ReserveForUsage, GiveBack, ExpireReservations,
    ChargeOnUsageRecorded, ChargeUsage, SettleUsage, GetSpend, CheckLedger,
  ],
})
export class BillingLedgerModule {}
