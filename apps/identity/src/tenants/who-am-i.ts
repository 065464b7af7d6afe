import type { Nothing, WhoAmI as WhoAmIAnswer } from '#leadwire/contracts';
import type { Call } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';
import { TenantEntity } from './tenant.entity.js';

/** Tells a caller who they are here. */
@Injectable()
export class WhoAmI {
  execute(call: Call<Nothing>): Promise<WhoAmIAnswer> {
    const { tenantId, actor, capabilities } = call.caller;
    return call.transaction(async (tx) => {
      const tenant = await tx.manager.findOneByOrFail(TenantEntity, { id: tenantId });
      return { tenantId, tenantName: tenant.name, actorKind: actor.kind, actorId: actor.id, capabilities: [...capabilities] };
    });
  }
}
