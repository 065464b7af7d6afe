import type { ActivityView, CampaignPageQuery, Page } from '#leadwire/contracts';
import { idCursor, pageOfRows } from '#leadwire/database';
import { Problems } from '#leadwire/kernel';
import type { Call } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { CampaignEntity } from '../campaigns/campaign.entity.js';
import { ActivityEntity, activityView } from './activity.entity.js';

/** What a campaign did and what came back, newest first. */
@Injectable()
export class ListActivities {
  execute(call: Call<CampaignPageQuery>): Promise<Page<ActivityView>> {
    const { campaignId, limit = 50, cursor } = call.input;
    return call.transaction(async (tx) => {
      if (!(await tx.manager.existsBy(CampaignEntity, { id: campaignId }))) throw Problems.notFound();
      const where = { tenantId: tx.tenantId, campaignId, ...(cursor && { id: LessThan(idCursor(cursor)) }) };
      const rows = await tx.manager.find(ActivityEntity, { where, order: { id: 'DESC' }, take: limit + 1 });
      return pageOfRows(rows, limit, (row) => row.id, activityView);
    });
  }
}
