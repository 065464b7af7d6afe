import type { ServiceName } from '#leadwire/contracts';
import type { Type } from '@nestjs/common';
import { BillingLedgerModule } from '../apps/billing-ledger/src/billing-ledger.module.js';
import { CampaignsModule } from '../apps/campaigns/src/campaigns.module.js';
import { EmbeddingsModule } from '../apps/embeddings/src/embeddings.module.js';
import { IdentityModule } from '../apps/identity/src/identity.module.js';
import { LeadsModule } from '../apps/leads/src/leads.module.js';
import { VoiceCallsModule } from '../apps/voice-calls/src/voice-calls.module.js';

/** Every service's root module, for what is read from its declarations without starting it. */
export const MODULES: Record<ServiceName, Type> = {
  identity: IdentityModule,
  leads: LeadsModule,
  campaigns: CampaignsModule,
  'voice-calls': VoiceCallsModule,
  'billing-ledger': BillingLedgerModule,
  embeddings: EmbeddingsModule,
};
