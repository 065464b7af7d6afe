import type { Page, TimelineEntry, TimelineQuery } from '#leadwire/contracts';
import { decodeCursor, pageOfRows, type TenantTx } from '#leadwire/database';
import { isId, Problems } from '#leadwire/kernel';
import type { Call } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';
import { LeadEntity } from '../leads/lead.entity.js';
import { ActivityEntity, activityView } from './activity.entity.js';

// Details of many events could burst the one message that an answer is.
const MOST = 100;

const isTime = (part: unknown) => typeof part === 'string' && !Number.isNaN(Date.parse(part));
const isUuid = (part: unknown) => typeof part === 'string' && isId(part);

/** What happened with a lead, the last first. */
@Injectable()
export class GetTimeline {
  execute(call: Call<TimelineQuery>): Promise<Page<TimelineEntry>> {
    const { leadId, cursor } = call.input;
    const limit = Math.min(call.input.limit ?? 50, MOST);
    return call.transaction(async (tx) => {
      if (!(await tx.manager.existsBy(LeadEntity, { id: leadId, isDeleted: false }))) throw Problems.notFound();
      const rows = await read(tx, leadId, limit + 1, cursor);
      return pageOfRows(rows, limit, (row) => [row.occurredAt.toISOString(), row.id], activityView);
    });
  }
}

function read(tx: TenantTx, leadId: string, take: number, cursor?: string): Promise<ActivityEntity[]> {
  const query = tx.manager
    .createQueryBuilder(ActivityEntity, 'activity')
    .where('activity.leadId = :leadId', { leadId })
    .orderBy('activity.occurredAt', 'DESC')
    .addOrderBy('activity.id', 'DESC')
    .limit(take);
  if (cursor) {
    const [at, id] = decodeCursor(cursor, isTime, isUuid);
    query.andWhere('(activity.occurredAt, activity.id) < (:at::timestamptz, :id::uuid)', { at, id });
  }
  return query.getMany();
}
