import { Problems, type Actor, type Caller } from '#leadwire/kernel';
import { decodeProtectedHeader, jwtVerify, SignJWT } from 'jose';
import type { ContextKeys } from './context-keys.js';

// A context lives as long as one call and its retries need; it is signed again at half of it.
const LIFETIME_SECONDS = 60;
const CACHE_SIZE = 10_000;

interface Cached<T> {
  value: T;
  until: number;
}

/** Signs who is calling, for which tenant, and checks what others signed (compact JWS, Ed25519 only). */
export class SignedContexts {
  private readonly signed = new Map<string, Cached<string>>();
  private readonly verified = new Map<string, Cached<Caller>>();

  constructor(private readonly keys: ContextKeys) {}

  /** A token for the caller, valid for at least half a minute. */
  async sign(caller: Caller): Promise<string> {
    const id = JSON.stringify(caller);
    const known = fresh(this.signed, id);
    if (known) return known;
    const expires = Math.floor(Date.now() / 1000) + LIFETIME_SECONDS;
    const token = await new SignJWT({ tid: caller.tenantId, act: caller.actor, cap: caller.capabilities })
      .setProtectedHeader({ alg: 'EdDSA', kid: this.keys.issuer })
      .setAudience('leadwire-bus')
      .setExpirationTime(expires)
      .sign(this.keys.privateKey);
    remember(this.signed, id, token, Date.now() + (LIFETIME_SECONDS / 2) * 1000);
    return token;
  }

  /** The caller that a token names; refuses what is expired, forged, or signed by nobody known. */
  async verify(token: string | undefined): Promise<Caller> {
    if (!token) throw Problems.unauthenticated({ detail: 'The request carries no context.' });
    const known = fresh(this.verified, token);
    if (known) return known;
    try {
      const { caller, expiresAt } = await this.check(token);
      remember(this.verified, token, caller, expiresAt);
      return caller;
    } catch {
      throw Problems.unauthenticated({ detail: 'The context of the request is not valid.' });
    }
  }

  private async check(token: string): Promise<{ caller: Caller; expiresAt: number }> {
    const issuer = decodeProtectedHeader(token).kid ?? '';
    const key = this.keys.publicKeyOf(issuer);
    if (!key) throw new Error('unknown issuer');
    const { payload } = await jwtVerify(token, key, { algorithms: ['EdDSA'], audience: 'leadwire-bus', requiredClaims: ['exp'] });
    const caller: Caller = {
      tenantId: payload['tid'] as string,
      actor: payload['act'] as Actor,
      capabilities: payload['cap'] as string[],
    };
    // A service's key speaks for that service only; people and keys come in by the gateway.
    if (issuer !== 'gateway' && caller.actor.id !== issuer) throw new Error('issuer may not speak for this actor');
    return { caller, expiresAt: payload.exp! * 1000 };
  }
}

function fresh<T>(cache: Map<string, Cached<T>>, key: string): T | undefined {
  const entry = cache.get(key);
  if (entry && entry.until > Date.now()) return entry.value;
  cache.delete(key);
  return undefined;
}

function remember<T>(cache: Map<string, Cached<T>>, key: string, value: T, until: number): void {
  if (cache.size >= CACHE_SIZE) cache.delete(cache.keys().next().value!);
  cache.set(key, { value, until });
}
