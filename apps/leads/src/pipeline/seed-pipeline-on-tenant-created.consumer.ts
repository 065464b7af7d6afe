import { tenantCreated } from '#leadwire/contracts';
import { Consumer, type Delivery, type Reaction } from '#leadwire/messaging';
import { Injectable } from '@nestjs/common';
import { ensurePipeline } from './ensure-pipeline.js';

/** Gives a new tenant its stages and statuses, and remembers its country and time zone. */
@Injectable()
@Consumer({ name: 'seed-pipeline-on-tenant-created', events: [tenantCreated] })
export class SeedPipelineOnTenantCreated implements Reaction {
  handle(delivery: Delivery): Promise<void> {
    return delivery.each(async (tx, event) => {
      if (!event.is(tenantCreated)) return;
      const { country, timeZone } = event.payload;
      await ensurePipeline(tx);
      // An import that came before this event had to do with the defaults; from now on the tenant's own hold.
      await tx.query(`update tenant_settings set country = $1, time_zone = $2, updated_at = now()`, [country, timeZone]);
    });
  }
}
