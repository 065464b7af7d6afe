import type { ApiKeyId } from '#leadwire/contracts';
import { Problems } from '#leadwire/kernel';
import type { Call } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';

const REVOKE = `update api_keys set revoked_at = coalesce(revoked_at, now()) where id = $1 returning id`;

/** Takes a key out of use; once more changes nothing. */
@Injectable()
export class RevokeApiKey {
  async execute(call: Call<ApiKeyId>): Promise<void> {
    await call.transaction(async (tx) => {
      const [row] = await tx.query(REVOKE, [call.input.apiKeyId]);
      if (!row) throw Problems.notFound();
    });
  }
}
