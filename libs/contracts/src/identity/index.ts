import { backboneOperations } from '../platform/backbone.operations.js';
import * as apiKeys from './api-keys.operations.js';
import * as auth from './auth.operations.js';
import * as events from './identity.events.js';

export * from './api-keys.operations.js';
export * from './auth.operations.js';
export * from './capabilities.js';
export * from './identity.events.js';

export const identityOperations = {
  register: auth.register,
  signIn: auth.signIn,
  refresh: auth.refresh,
  signOut: auth.signOut,
  jwks: auth.jwks,
  whoAmI: auth.whoAmI,
  createApiKey: apiKeys.createApiKey,
  listApiKeys: apiKeys.listApiKeys,
  revokeApiKey: apiKeys.revokeApiKey,
  verifyApiKey: apiKeys.verifyApiKey,
  ...backboneOperations('identity'),
};

export const identityEvents = [
  events.tenantCreated,
  events.userRegistered,
  events.membershipAdded,
  events.sessionRevoked,
  events.tokenReuseDetected,
];
