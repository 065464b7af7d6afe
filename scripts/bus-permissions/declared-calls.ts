import { billingOperations, identityOperations, leadsOperations, type Operation } from '#leadwire/contracts';

/**
 * Which operations of others a process calls by itself; the gateway may also call whatever has an HTTP face. The login of
 * the process may call these and no other: a check holds the list against the calls in the code, both ways.
 */
export const DECLARED_CALLS: Readonly<Record<string, readonly Operation<any, any>[]>> = {
  gateway: [identityOperations.jwks, identityOperations.verifyApiKey],
  campaigns: [leadsOperations.selectSegment],
  'voice-calls': [billingOperations.reserveForUsage],
};
