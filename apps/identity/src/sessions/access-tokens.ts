import { newId } from '#leadwire/kernel';
import { Injectable } from '@nestjs/common';
import { createPrivateKey, createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import { IdentityConfig } from '../identity.config.js';

/** Seconds that an access token lives. */
export const ACCESS_TOKEN_SECONDS = 600;

/** What an access token says of its bearer. */
export interface AccessClaims {
  tenantId: string;
  userId: string;
  sessionId: string;
  role: string;
  capabilities: readonly string[];
}

/** Signs access tokens (EdDSA JWT) and publishes the key to check them by. */
@Injectable()
export class AccessTokens {
  private readonly key: KeyObject;
  private readonly kid: string;

  constructor(config: IdentityConfig) {
    const jwk = JSON.parse(config.accessTokenKey) as JsonWebKey & { kid: string };
    this.key = createPrivateKey({ key: jwk, format: 'jwk' });
    this.kid = jwk.kid;
  }

  sign(claims: AccessClaims): Promise<string> {
    return new SignJWT({ tid: claims.tenantId, sid: claims.sessionId, role: claims.role, cap: claims.capabilities })
      .setProtectedHeader({ alg: 'EdDSA', kid: this.kid, typ: 'JWT' })
      .setSubject(claims.userId)
      .setIssuer('leadwire-identity')
      .setAudience('leadwire-api')
      .setJti(newId())
      .setIssuedAt()
      .setExpirationTime(`${ACCESS_TOKEN_SECONDS}s`)
      .sign(this.key);
  }

  publicKeys(): { keys: Record<string, unknown>[] } {
    const jwk = createPublicKey(this.key).export({ format: 'jwk' });
    return { keys: [{ ...jwk, kid: this.kid, alg: 'EdDSA', use: 'sig' }] };
  }
}
