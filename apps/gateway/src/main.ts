import { runService } from '#leadwire/service-kit';
import { gatewayBootstrap } from './gateway.bootstrap.js';
import { GatewayModule } from './gateway.module.js';

await runService(GatewayModule, gatewayBootstrap());
