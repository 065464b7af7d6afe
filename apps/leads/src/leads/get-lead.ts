import type { LeadId, LeadView } from '#leadwire/contracts';
import { Problems } from '#leadwire/kernel';
import type { Call } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';
import { leadView } from './lead-view.js';
import { LeadEntity } from './lead.entity.js';

/** Reads one lead. */
@Injectable()
export class GetLead {
  execute(call: Call<LeadId>): Promise<LeadView> {
    return call.transaction(async (tx) => {
      const lead = await tx.manager.findOneBy(LeadEntity, { id: call.input.leadId, isDeleted: false });
      if (!lead) throw Problems.notFound();
      return leadView(lead);
    });
  }
}
