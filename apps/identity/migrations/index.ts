import { CreateBackbone1700000000000 } from '#leadwire/messaging';
import { CreateRefusedContexts1765000000000 } from '#leadwire/rpc';
import { CreateIdentity1764000000000 } from './1764000000000-create-identity.js';

/** Every migration of the service, in the order in which they run. */
export const identityMigrations = [CreateBackbone1700000000000, CreateIdentity1764000000000, CreateRefusedContexts1765000000000];
