import type { LeadView, ListLeads as ListLeadsInput, Page } from '#leadwire/contracts';
import { decodeCursor, idCursor } from '#leadwire/database';
import { isId } from '#leadwire/kernel';
import type { Call } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';
import { leadsWhere } from './lead-conditions.js';
import type { LeadEntity } from './lead.entity.js';
import { pageOfLeads } from './page-of-leads.js';

type Order = {
  apply: (query: SelectQueryBuilder<LeadEntity>, cursor?: string) => void;
  position: (lead: LeadEntity) => string | (string | number)[];
};

// Ids ascend in time, so the newest lead is the one with the highest id.
const NEWEST: Order = {
  apply: (query, cursor) => {
    query.orderBy('lead.id', 'DESC');
    if (cursor) query.andWhere('lead.id < :id', { id: idCursor(cursor) });
  },
  position: (lead) => lead.id,
};

const BEST_SCORE: Order = {
  apply: (query, cursor) => {
    query.orderBy('lead.leadScore', 'DESC').addOrderBy('lead.id', 'DESC');
    if (!cursor) return;
    const [score, id] = decodeCursor(cursor, Number.isFinite, (part) => typeof part === 'string' && isId(part));
    query.andWhere('(lead.leadScore, lead.id) < (:score::double precision, :id::uuid)', { score, id });
  },
  position: (lead) => [lead.leadScore, lead.id],
};

/** The tenant's leads that a filter lets through, newest or best first. */
@Injectable()
export class ListLeads {
  execute(call: Call<ListLeadsInput>): Promise<Page<LeadView>> {
    const { sort = 'newest', limit = 50, cursor, ...filter } = call.input;
    const order = sort === 'score' ? BEST_SCORE : NEWEST;
    return call.transaction(async (tx) => {
      const query = leadsWhere(tx, filter);
      order.apply(query, cursor);
      return pageOfLeads(await query.limit(limit + 1).getMany(), limit, order.position);
    });
  }
}
