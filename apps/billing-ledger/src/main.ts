import { runService } from '#leadwire/service-kit';
import { BillingLedgerModule } from './billing-ledger.module.js';

await runService(BillingLedgerModule);
