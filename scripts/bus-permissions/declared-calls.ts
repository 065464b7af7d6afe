import { billingOperations, identityOperations, leadsOperations, type ALL_OPERATIONS } from '#leadwire/contracts';

/** One of the platform's operations, whatever it takes and answers. */
export type AnyOperation = (typeof ALL_OPERATIONS)[number];

/**
 * Which operations of others a process calls by itself; the gateway may also call whatever has an HTTP face. The login of
 * the process may call these and no other: a check holds the list against the calls in the code, both ways.
 */
export const DECLARED_CALLS: Readonly<Record<string, readonly AnyOperation[]>> = {
  gateway: [identityOperations.jwks, identityOperations.verifyApiKey],
  campaigns: [leadsOperations.selectSegment],
  'voice-calls': [billingOperations.reserveForUsage],
};
