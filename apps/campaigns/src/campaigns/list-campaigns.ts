import type { CampaignView, Page, PageQuery } from '#leadwire/contracts';
import { idCursor, pageOfRows } from '#leadwire/database';
import type { Call } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { viewCampaigns } from './campaign-view.js';
import { CampaignEntity } from './campaign.entity.js';

/** The tenant's campaigns, newest first. */
@Injectable()
export class ListCampaigns {
  execute(call: Call<PageQuery>): Promise<Page<CampaignView>> {
    const { limit = 50, cursor } = call.input;
    return call.transaction(async (tx) => {
      const where = cursor ? { id: LessThan(idCursor(cursor)) } : {};
      const rows = await tx.manager.find(CampaignEntity, { where, order: { id: 'DESC' }, take: limit + 1 });
      const { items, nextCursor } = pageOfRows(rows, limit, (row) => row.id, (row) => row);
      return { items: await viewCampaigns(tx, items), nextCursor };
    });
  }
}
