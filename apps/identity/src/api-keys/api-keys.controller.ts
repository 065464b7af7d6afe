import {
  identityOperations as operations,
  type ApiKeyId,
  type CreateApiKey as CreateApiKeyInput,
  type PageQuery,
  type PresentedApiKey,
} from '#leadwire/contracts';
import { Handle, type Call } from '#leadwire/rpc';
import { Controller } from '@nestjs/common';
import { CreateApiKey } from './create-api-key.js';
import { ListApiKeys } from './list-api-keys.js';
import { RevokeApiKey } from './revoke-api-key.js';
import { VerifyApiKey } from './verify-api-key.js';

@Controller()
export class ApiKeysController {
  constructor(
    private readonly createKey: CreateApiKey,
    private readonly listKeys: ListApiKeys,
    private readonly revokeKey: RevokeApiKey,
    private readonly verifyKey: VerifyApiKey,
  ) {}

  @Handle(operations.createApiKey)
  create(call: Call<CreateApiKeyInput>) {
    return this.createKey.execute(call);
  }

  @Handle(operations.listApiKeys)
  list(call: Call<PageQuery>) {
    return this.listKeys.execute(call);
  }

  @Handle(operations.revokeApiKey)
  revoke(call: Call<ApiKeyId>) {
    return this.revokeKey.execute(call);
  }

  @Handle(operations.verifyApiKey)
  verify(call: Call<PresentedApiKey>) {
    return this.verifyKey.execute(call);
  }
}
