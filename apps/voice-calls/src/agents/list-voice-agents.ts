import type { Page, PageQuery, VoiceAgentView } from '#leadwire/contracts';
import { idCursor, pageOfRows } from '#leadwire/database';
import type { Call } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import { VoiceAgentEntity, voiceAgentView } from './voice-agent.entity.js';

/** The tenant's voice agents, oldest first. */
@Injectable()
export class ListVoiceAgents {
  execute(call: Call<PageQuery>): Promise<Page<VoiceAgentView>> {
    const { limit = 50, cursor } = call.input;
    return call.transaction(async (tx) => {
      const rows = await tx.manager.find(VoiceAgentEntity, {
        where: cursor ? { id: MoreThan(idCursor(cursor)) } : {},
        order: { id: 'ASC' },
        take: limit + 1,
      });
      return pageOfRows(rows, limit, (row) => row.id, voiceAgentView);
    });
  }
}
