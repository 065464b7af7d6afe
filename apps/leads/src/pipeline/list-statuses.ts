import type { Page, PageQuery, StatusView } from '#leadwire/contracts';
import { idCursor, pageOfRows } from '#leadwire/database';
import type { Call } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import { ensurePipeline } from './ensure-pipeline.js';
import { LeadStatusEntity, statusView } from './lead-status.entity.js';

/** The tenant's statuses, as they were made. */
@Injectable()
export class ListStatuses {
  execute(call: Call<PageQuery>): Promise<Page<StatusView>> {
    const { limit = 50, cursor } = call.input;
    return call.transaction(async (tx) => {
      await ensurePipeline(tx);
      const rows = await tx.manager.find(LeadStatusEntity, {
        where: cursor ? { id: MoreThan(idCursor(cursor)) } : {},
        order: { id: 'ASC' },
        take: limit + 1,
      });
      return pageOfRows(rows, limit, (row) => row.id, statusView);
    });
  }
}
