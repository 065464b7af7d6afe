import { identityOperations } from '#leadwire/contracts';
import { ServiceModule } from '#leadwire/service-kit';
import { Module } from '@nestjs/common';
import { ApiKeyEntity } from './api-keys/api-key.entity.js';
import { ApiKeysController } from './api-keys/api-keys.controller.js';
import { CreateApiKey } from './api-keys/create-api-key.js';
import { ListApiKeys } from './api-keys/list-api-keys.js';
import { RevokeApiKey } from './api-keys/revoke-api-key.js';
import { VerifyApiKey } from './api-keys/verify-api-key.js';
import { IdentityConfig } from './identity.config.js';
import { AccessTokens } from './sessions/access-tokens.js';
import { RefreshSession } from './sessions/refresh-session.js';
import { RefreshTokenEntity } from './sessions/refresh-token.entity.js';
import { SessionEntity } from './sessions/session.entity.js';
import { SessionsController } from './sessions/sessions.controller.js';
import { SignIn } from './sessions/sign-in.js';
import { SignOut } from './sessions/sign-out.js';
import { RegisterTenant } from './tenants/register-tenant.js';
import { TenantEntity } from './tenants/tenant.entity.js';
import { TenantsController } from './tenants/tenants.controller.js';
import { WhoAmI } from './tenants/who-am-i.js';
import { MembershipEntity } from './users/membership.entity.js';
import { UserEntity } from './users/user.entity.js';

@Module({
  imports: [
    ServiceModule.forService({
      name: 'identity',
      config: IdentityConfig,
      entities: [TenantEntity, UserEntity, MembershipEntity, SessionEntity, RefreshTokenEntity, ApiKeyEntity],
      operations: identityOperations,
    }),
  ],
  controllers: [TenantsController, SessionsController, ApiKeysController],
  providers: [
    AccessTokens, RegisterTenant, WhoAmI, SignIn, RefreshSession, SignOut,
    CreateApiKey, ListApiKeys, RevokeApiKey, VerifyApiKey,
  ],
})
export class IdentityModule {}
