import { CreateBackbone1700000000000 } from '#leadwire/messaging';
import { CreateRefusedContexts1765000000000 } from '#leadwire/rpc';
import { CreateLedger1764000000000 } from './1764000000000-create-ledger.js';

/** Every migration of the service, in the order in which they run. */
export const billingLedgerMigrations = [CreateBackbone1700000000000, CreateLedger1764000000000, CreateRefusedContexts1765000000000];
