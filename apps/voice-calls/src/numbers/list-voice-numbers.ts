import type { Page, PageQuery, VoiceNumberView } from '#leadwire/contracts';
import { idCursor, pageOfRows } from '#leadwire/database';
import type { Call } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import { VoiceNumberEntity, voiceNumberView } from './voice-number.entity.js';

/** The tenant's numbers, oldest first. */
@Injectable()
export class ListVoiceNumbers {
  execute(call: Call<PageQuery>): Promise<Page<VoiceNumberView>> {
    const { limit = 50, cursor } = call.input;
    return call.transaction(async (tx) => {
      const rows = await tx.manager.find(VoiceNumberEntity, {
        where: cursor ? { id: MoreThan(idCursor(cursor)) } : {},
        order: { id: 'ASC' },
        take: limit + 1,
      });
      return pageOfRows(rows, limit, (row) => row.id, voiceNumberView);
    });
  }
}
