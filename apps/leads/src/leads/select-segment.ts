import type { LeadView, Page, SelectSegment as SelectSegmentInput } from '#leadwire/contracts';
import { idCursor } from '#leadwire/database';
import type { Call } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';
import { leadsWhere } from './lead-conditions.js';
import { pageOfLeads } from './page-of-leads.js';

/** The leads of a segment, oldest first: one that is created meanwhile comes at the end and is not missed. */
@Injectable()
export class SelectSegment {
  execute(call: Call<SelectSegmentInput>): Promise<Page<LeadView>> {
    const { filter, limit, cursor } = call.input;
    return call.transaction(async (tx) => {
      const query = leadsWhere(tx, filter).orderBy('lead.id', 'ASC').limit(limit + 1);
      if (cursor) query.andWhere('lead.id > :id', { id: idCursor(cursor) });
      return pageOfLeads(await query.getMany(), limit, (lead) => lead.id);
    });
  }
}
