import type { Page, PageQuery, SuppressionView } from '#leadwire/contracts';
import { idCursor, pageOfRows } from '#leadwire/database';
import type { Call } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import { SuppressionEntity, suppressionView } from './suppression.entity.js';

/** Who must not be contacted, oldest first. */
@Injectable()
export class ListSuppressions {
  execute(call: Call<PageQuery>): Promise<Page<SuppressionView>> {
    const { limit = 50, cursor } = call.input;
    return call.transaction(async (tx) => {
      const where = cursor ? { id: MoreThan(idCursor(cursor)) } : {};
      const rows = await tx.manager.find(SuppressionEntity, { where, order: { id: 'ASC' }, take: limit + 1 });
      return pageOfRows(rows, limit, (row) => row.id, suppressionView);
    });
  }
}
