import type { PresentedApiKey, VerifiedApiKey } from '#leadwire/contracts';
import { Database } from '#leadwire/database';
import { Problems } from '#leadwire/kernel';
import type { Call } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';
import { claimedTenant, secretHash } from '../sessions/tenant-secret.js';
import { ApiKeyEntity } from './api-key.entity.js';
import { API_KEY_PREFIX } from './create-api-key.js';

/** Tells the gateway who a key speaks for. Unknown, expired and revoked keys get the same refusal. */
@Injectable()
export class VerifyApiKey {
  constructor(private readonly database: Database) {}

  async execute(call: Call<PresentedApiKey>): Promise<VerifiedApiKey> {
    const { key } = call.input;
    const tenantId = claimedTenant(API_KEY_PREFIX, key);
    if (!tenantId) throw Problems.unauthenticated();
    const row = await this.database.forTenantAsService(tenantId, (tx) =>
      tx.manager.findOneBy(ApiKeyEntity, { keyHash: secretHash(key) }),
    );
    if (!row || row.revokedAt || (row.expiresAt && row.expiresAt < new Date())) throw Problems.unauthenticated();
    return { tenantId, apiKeyId: row.id, capabilities: row.capabilities };
  }
}
