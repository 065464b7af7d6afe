import { identityOperations } from '#leadwire/contracts';
import { NO_TENANT, serviceCaller, type Caller } from '#leadwire/kernel';
import { RpcClient } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { BoundedCache } from './bounded-cache.js';

const CACHED_KEYS = 10_000;
// A revoked key stops working everywhere within this time.
const TRUSTED_FOR_MS = 5_000;

/** Asks identity who an API key speaks for, and remembers the answer for a moment. */
@Injectable()
export class ApiKeyVerifier {
  private readonly verified = new BoundedCache<Caller>(CACHED_KEYS);

  constructor(private readonly rpc: RpcClient) {}

  async verify(key: string): Promise<Caller> {
    const id = createHash('sha256').update(key).digest('base64');
    const known = this.verified.get(id);
    if (known) return known;
    const answer = await this.rpc.call(identityOperations.verifyApiKey, { key }, { caller: serviceCaller('gateway', NO_TENANT) });
    const { tenantId, apiKeyId, capabilities } = answer;
    const caller: Caller = { tenantId, actor: { kind: 'api-key', id: apiKeyId }, capabilities };
    this.verified.set(id, caller, Date.now() + TRUSTED_FOR_MS);
    return caller;
  }
}
