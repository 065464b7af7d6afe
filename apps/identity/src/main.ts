import { runService } from '#leadwire/service-kit';
import { IdentityModule } from './identity.module.js';

await runService(IdentityModule);
