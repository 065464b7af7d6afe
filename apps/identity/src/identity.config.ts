import { text } from '#leadwire/contracts';
import { Env, ServiceConfig } from '#leadwire/service-kit';

export class IdentityConfig extends ServiceConfig {
  /** The private Ed25519 JWK that access tokens are signed with; its `kid` is published with the public half. */
  @Env('ACCESS_TOKEN_KEY', text({ min: 2, max: 4_000 })) accessTokenKey: string;
}
