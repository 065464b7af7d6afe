import type { Caller } from '#leadwire/kernel';
import { SignJWT } from 'jose';
import { ExpiringCache } from './expiring-cache.js';
import { ContextRefused } from './context-refused.js';
import type { ContextKeys } from './context-keys.js';
import { checkContext, LIFETIME_SECONDS } from './check-context.js';

/**
 * Signs who is calling, for which tenant, and checks what others signed: compact JWS, Ed25519 only, for one service,
 * for one minute. A service signs as itself only; the gateway for people, API keys, nobody, and itself.
 */
export class SignedContexts {
  private readonly signed = new ExpiringCache<string>();
  private readonly verified = new ExpiringCache<Caller>();

  constructor(private readonly keys: ContextKeys) {}

  /** A token by which `target` knows the caller, valid for at least half a minute. */
  async sign(caller: Caller, target: string): Promise<string> {
    const id = target + JSON.stringify(caller);
    const known = this.signed.get(id);
    if (known) return known;
    const now = Math.floor(Date.now() / 1000);
    const token = await new SignJWT({ tid: caller.tenantId, act: caller.actor, cap: caller.capabilities })
      .setProtectedHeader({ alg: 'EdDSA', kid: this.keys.issuer })
      .setAudience(target)
      .setExpirationTime(now + LIFETIME_SECONDS)
      .sign(this.keys.privateKey);
    this.signed.set(id, token, Date.now() + (LIFETIME_SECONDS / 2) * 1000);
    return token;
  }

  /** The caller that a token names. @throws ContextRefused: missing, forged, expired, for another, by the wrong issuer */
  async verify(token: string | undefined): Promise<Caller> {
    if (!token) throw new ContextRefused('missing', { issuer: '', tenantId: '' });
    const known = this.verified.get(token);
    if (known) return known;
    const { caller, until } = await checkContext(this.keys, token);
    this.verified.set(token, caller, until);
    return caller;
  }
}
