import type { Operation } from '#leadwire/contracts';
import { ANONYMOUS, Problems, type Caller } from '#leadwire/kernel';
import { Injectable } from '@nestjs/common';
import { AccessTokenVerifier } from './access-token.verifier.js';
import { ApiKeyVerifier } from './api-key.verifier.js';

const API_KEY = /^lwk_[A-Za-z0-9_-]{65}$/;
const MAX_CREDENTIAL = 8_192;

/** Who calls, by the Authorization header; the tenant is what the verified credential says, never what a request says. */
@Injectable()
export class Authenticator {
  constructor(
    private readonly tokens: AccessTokenVerifier,
    private readonly keys: ApiKeyVerifier,
  ) {}

  async authenticate(operation: Operation, authorization: string | undefined): Promise<Caller> {
    if (operation.access === 'public') return ANONYMOUS;
    const credential = /^Bearer ([^\s]+)$/i.exec(authorization ?? '')?.[1];
    if (!credential || credential.length > MAX_CREDENTIAL) throw Problems.unauthenticated();
    return API_KEY.test(credential) ? this.keys.verify(credential) : this.tokens.verify(credential);
  }
}
