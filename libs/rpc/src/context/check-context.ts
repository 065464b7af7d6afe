import { isId, type Actor, type Caller } from '#leadwire/kernel';
import { decodeJwt, decodeProtectedHeader, errors, jwtVerify, type JWTPayload } from 'jose';
import { ContextRefused, type RefusalReason } from './context-refused.js';
import type { ContextKeys } from './context-keys.js';

/** A context lives as long as one call and its retries need. */
export const LIFETIME_SECONDS = 60;
/** How far the clocks of two services may be apart. */
export const SKEW_SECONDS = 5;

const GATEWAY = 'gateway';

/** The caller in a token that was signed for this service by whoever may say so, and until when (ms) it may be believed. */
export async function checkContext(keys: ContextKeys, token: string): Promise<{ caller: Caller; until: number }> {
  const claimed = claimsOf(token);
  const refuse = (reason: RefusalReason): never => {
    throw new ContextRefused(reason, claimed);
  };
  const key = claimed.issuer === '' ? refuse('malformed') : (keys.publicKeyOf(claimed.issuer) ?? refuse('unknown-issuer'));
  const checks = { algorithms: ['EdDSA'], audience: keys.issuer, requiredClaims: ['exp'], clockTolerance: SKEW_SECONDS };
  const { payload } = await jwtVerify(token, key, checks).catch((error: unknown) => refuse(reasonOf(error)));
  const caller = callerIn(payload) ?? refuse('malformed');
  const until = (payload.exp! + SKEW_SECONDS) * 1000;
  if (until > Date.now() + (LIFETIME_SECONDS + 2 * SKEW_SECONDS) * 1000) refuse('lives-too-long');
  if (!maySpeakFor(claimed.issuer, caller.actor)) refuse('foreign-actor');
  return { caller, until };
}

// A service's key speaks for that service only; people and API keys come in by the gateway.
function maySpeakFor(issuer: string, actor: Actor): boolean {
  if (actor.kind === 'service') return actor.id === issuer;
  return issuer === GATEWAY;
}

function callerIn({ tid, act, cap }: JWTPayload): Caller | undefined {
  const actor = act as Actor | undefined;
  const whole = typeof tid === 'string' && isId(tid) && typeof actor?.kind === 'string' && typeof actor.id === 'string' && Array.isArray(cap);
  return whole ? { tenantId: tid, actor, capabilities: cap as string[] } : undefined;
}

function claimsOf(token: string): { issuer: string; tenantId: string } {
  try {
    return { issuer: textOf(decodeProtectedHeader(token).kid), tenantId: textOf(decodeJwt(token)['tid']) };
  } catch {
    return { issuer: '', tenantId: '' };
  }
}

function textOf(claim: unknown): string {
  return typeof claim === 'string' ? claim : '';
}

function reasonOf(error: unknown): RefusalReason {
  if (error instanceof errors.JWTExpired) return 'expired';
  if (error instanceof errors.JWTClaimValidationFailed) return error.claim === 'aud' ? 'wrong-audience' : 'malformed';
  // Another algorithm, or a signature that this issuer's key did not make.
  if (error instanceof errors.JWSSignatureVerificationFailed || error instanceof errors.JOSEAlgNotAllowed) return 'bad-signature';
  return 'malformed';
}
