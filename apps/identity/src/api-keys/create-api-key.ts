import { IdentityProblems, type CreateApiKey as CreateApiKeyInput, type CreatedApiKey } from '#leadwire/contracts';
import { hasCapability, newId } from '#leadwire/kernel';
import type { Call } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';
import { newTenantSecret, secretHash } from '../sessions/tenant-secret.js';
import { ApiKeyEntity, apiKeyView } from './api-key.entity.js';

/** How API keys begin. */
export const API_KEY_PREFIX = 'lwk';
const SHOWN_CHARACTERS = 34;

/** Makes an API key; the whole key is in this answer only, the database keeps its hash. */
@Injectable()
export class CreateApiKey {
  async execute(call: Call<CreateApiKeyInput>): Promise<CreatedApiKey> {
    const { name, capabilities, expiresAt } = call.input;
    const missing = capabilities.filter((capability) => !hasCapability(call.caller, capability));
    if (missing.length > 0) throw IdentityProblems.capabilityNotHeld({ detail: `You do not hold ${missing.join(', ')}.` });
    const key = newTenantSecret(API_KEY_PREFIX, call.tenantId);
    return call.transaction(async (tx) => {
      const row = tx.manager.create(ApiKeyEntity, {
        id: newId(),
        tenantId: call.tenantId,
        name,
        prefix: key.slice(0, SHOWN_CHARACTERS),
        keyHash: secretHash(key),
        capabilities: [...new Set(capabilities)],
        createdBy: call.caller.actor.id,
        createdAt: new Date(),
        expiresAt: expiresAt ? new Date(expiresAt) : null,
        revokedAt: null,
      });
      await tx.manager.insert(ApiKeyEntity, row);
      return { ...apiKeyView(row), key };
    });
  }
}
