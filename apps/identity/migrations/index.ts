import { CreateBackbone1700000000000 } from '#leadwire/messaging';
import { CreateIdentity1764000000000 } from './1764000000000-create-identity.js';

/** Every migration of the service, in the order in which they run. */
export const identityMigrations = [CreateBackbone1700000000000, CreateIdentity1764000000000];
