import type { Page, PageQuery, StageView } from '#leadwire/contracts';
import { decodeCursor, pageOfRows } from '#leadwire/database';
import type { Call } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import { ensurePipeline } from './ensure-pipeline.js';
import { LeadStageEntity, stageView } from './lead-stage.entity.js';

/** The tenant's stages, in their order. */
@Injectable()
export class ListStages {
  execute(call: Call<PageQuery>): Promise<Page<StageView>> {
    const { limit = 50, cursor } = call.input;
    return call.transaction(async (tx) => {
      await ensurePipeline(tx);
      const rows = await tx.manager.find(LeadStageEntity, {
        where: cursor ? { displayOrder: MoreThan(Number(decodeCursor(cursor, Number.isSafeInteger)[0])) } : {},
        order: { displayOrder: 'ASC' },
        take: limit + 1,
      });
      return pageOfRows(rows, limit, (row) => row.displayOrder, stageView);
    });
  }
}
