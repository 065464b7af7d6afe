import type { ApiKeyView, Page, PageQuery } from '#leadwire/contracts';
import { idCursor, pageOfRows } from '#leadwire/database';
import type { Call } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import { ApiKeyEntity, apiKeyView } from './api-key.entity.js';

/** The tenant's API keys, oldest first. */
@Injectable()
export class ListApiKeys {
  execute(call: Call<PageQuery>): Promise<Page<ApiKeyView>> {
    const { limit = 50, cursor } = call.input;
    return call.transaction(async (tx) => {
      const rows = await tx.manager.find(ApiKeyEntity, {
        where: cursor ? { id: MoreThan(idCursor(cursor)) } : {},
        order: { id: 'ASC' },
        take: limit + 1,
      });
      return pageOfRows(rows, limit, (row) => row.id, apiKeyView);
    });
  }
}
