import { ServiceHarness } from '#leadwire/testing';
import { generateKeyPairSync } from 'node:crypto';
import { identityMigrations } from '../migrations/index.js';
import { IdentityModule } from './identity.module.js';

/** The identity service on a real database and bus, for its tests. */
export function startIdentity(): Promise<ServiceHarness> {
  const { privateKey } = generateKeyPairSync('ed25519');
  return ServiceHarness.start({
    name: 'identity',
    module: IdentityModule,
    migrations: identityMigrations,
    environment: { IDENTITY_ACCESS_TOKEN_KEY: JSON.stringify({ ...privateKey.export({ format: 'jwk' }), kid: 'test' }) },
  });
}
