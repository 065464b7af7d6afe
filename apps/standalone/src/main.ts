import { bootstrap, stopOnSignal, type RunningService } from '#leadwire/service-kit';
import { BillingLedgerModule } from '../../billing-ledger/src/billing-ledger.module.js';
import { CampaignsModule } from '../../campaigns/src/campaigns.module.js';
import { EmbeddingsModule } from '../../embeddings/src/embeddings.module.js';
import { gatewayBootstrap } from '../../gateway/src/gateway.bootstrap.js';
import { GatewayModule } from '../../gateway/src/gateway.module.js';
import { IdentityModule } from '../../identity/src/identity.module.js';
import { LeadsModule } from '../../leads/src/leads.module.js';
import { VoiceCallsModule } from '../../voice-calls/src/voice-calls.module.js';

const SERVICES = [IdentityModule, LeadsModule, EmbeddingsModule, CampaignsModule, VoiceCallsModule, BillingLedgerModule];

/** Every service in one process, each with its own container, login and connection; the gateway last. */
async function startAll(): Promise<RunningService[]> {
  const services: RunningService[] = [];
  for (const module of SERVICES) services.push(await bootstrap(module));
  const gateway = await bootstrap(GatewayModule, gatewayBootstrap());
  // The gateway stops first: nobody is sent to a service that is gone.
  return [gateway, ...services];
}

try {
  stopOnSignal(await startAll());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
