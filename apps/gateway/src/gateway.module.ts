import { CoreModule, RPC_SERVER } from '#leadwire/service-kit';
import { Module } from '@nestjs/common';
import { AccessTokenVerifier } from './authentication/access-token.verifier.js';
import { ApiKeyVerifier } from './authentication/api-key.verifier.js';
import { Authenticator } from './authentication/authenticator.js';
import { GatewayConfig } from './gateway.config.js';
import { GatewayStart } from './gateway-start.js';
import { RateLimiter } from './rate-limit/rate-limiter.js';
import { OperationRoute } from './routing/operation-route.js';
import { OperationRoutes } from './routing/operation-routes.js';

@Module({
  imports: [CoreModule.forProcess('gateway', GatewayConfig)],
  providers: [
    { provide: RPC_SERVER, useValue: undefined },
    AccessTokenVerifier, ApiKeyVerifier, Authenticator, RateLimiter, OperationRoute, OperationRoutes, GatewayStart,
  ],
})
export class GatewayModule {}
