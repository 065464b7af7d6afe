import { identityOperations } from '#leadwire/contracts';
import { ANONYMOUS, Problems, type Caller } from '#leadwire/kernel';
import { RpcClient } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';
import { createLocalJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { BoundedCache } from './bounded-cache.js';

const CACHED_TOKENS = 10_000;
// An unknown key id makes us ask identity again, but a flood of forged ones must not become a flood of questions.
const JWKS_PAUSE_MS = 5_000;

/** Checks access tokens by identity's published keys: EdDSA only, audience and expiry required. */
@Injectable()
export class AccessTokenVerifier {
  private readonly verified = new BoundedCache<Caller>(CACHED_TOKENS);
  private keys?: Promise<JWTVerifyGetKey>;
  private askedAt = 0;

  constructor(private readonly rpc: RpcClient) {}

  async verify(token: string): Promise<Caller> {
    const known = this.verified.get(token);
    if (known) return known;
    const payload = await this.check(token);
    const caller: Caller = {
      tenantId: payload['tid'] as string,
      actor: { kind: 'user', id: payload.sub! },
      capabilities: payload['cap'] as string[],
    };
    this.verified.set(token, caller, payload.exp! * 1000);
    return caller;
  }

  private async check(token: string): Promise<JWTPayload> {
    try {
      return await this.checkWith(await this.currentKeys(), token);
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey && Date.now() - this.askedAt > JWKS_PAUSE_MS) {
        return this.checkWith(await this.askForKeys(), token).catch(refuse);
      }
      return refuse(error);
    }
  }

  private async checkWith(keys: JWTVerifyGetKey, token: string): Promise<JWTPayload> {
    const { payload } = await jwtVerify(token, keys, {
      algorithms: ['EdDSA'],
      issuer: 'leadwire-identity',
      audience: 'leadwire-api',
      requiredClaims: ['exp', 'sub', 'tid', 'cap'],
    });
    return payload;
  }

  private currentKeys(): Promise<JWTVerifyGetKey> {
    return this.keys ?? this.askForKeys();
  }

  private askForKeys(): Promise<JWTVerifyGetKey> {
    this.askedAt = Date.now();
    const asked = this.rpc
      .call(identityOperations.jwks, {}, { caller: ANONYMOUS })
      .then((jwks) => createLocalJWKSet(jwks as never) as JWTVerifyGetKey);
    this.keys = asked;
    asked.catch(() => (this.keys = undefined));
    return asked;
  }
}

function refuse(error: unknown): never {
  if (error instanceof errors.JWTExpired) throw Problems.unauthenticated({ detail: 'The access token has expired; refresh it.' });
  if (error instanceof errors.JOSEError) throw Problems.unauthenticated({ detail: 'The access token is not valid.' });
  throw error;
}
