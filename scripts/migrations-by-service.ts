import type { ServiceName } from '#leadwire/contracts';
import type { MigrationClass } from '#leadwire/database';
import { billingLedgerMigrations } from '../apps/billing-ledger/migrations/index.js';
import { campaignsMigrations } from '../apps/campaigns/migrations/index.js';
import { embeddingsMigrations } from '../apps/embeddings/migrations/index.js';
import { identityMigrations } from '../apps/identity/migrations/index.js';
import { leadsMigrations } from '../apps/leads/migrations/index.js';
import { voiceCallsMigrations } from '../apps/voice-calls/migrations/index.js';

/** Every service's migrations, in the order in which they run. */
export const MIGRATIONS: Record<ServiceName, MigrationClass[]> = {
  identity: identityMigrations,
  leads: leadsMigrations,
  campaigns: campaignsMigrations,
  'voice-calls': voiceCallsMigrations,
  'billing-ledger': billingLedgerMigrations,
  embeddings: embeddingsMigrations,
};
