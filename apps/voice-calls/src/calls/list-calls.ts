import type { CallView, ListCalls as ListCallsInput, Page } from '#leadwire/contracts';
import { idCursor, pageOfRows } from '#leadwire/database';
import type { Call } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';
import { In, LessThan, type FindOptionsWhere } from 'typeorm';
import { CallAnalysisEntity } from '../analysis/call-analysis.entity.js';
import { CallLogEntity } from './call-log.entity.js';
import { callView } from './call-view.js';

/** The tenant's calls, newest first. */
@Injectable()
export class ListCalls {
  execute(call: Call<ListCallsInput>): Promise<Page<CallView>> {
    const { limit = 50 } = call.input;
    return call.transaction(async (tx) => {
      const rows = await tx.manager.find(CallLogEntity, { where: filterOf(call.input), order: { id: 'DESC' }, take: limit + 1 });
      const analyses = await tx.manager.findBy(CallAnalysisEntity, { callId: In(rows.map((row) => row.id)) });
      const analysisOf = new Map(analyses.map((analysis) => [analysis.callId, analysis]));
      return pageOfRows(rows, limit, (row) => row.id, (row) => callView(row, analysisOf.get(row.id)));
    });
  }
}

function filterOf({ cursor, status, campaignId, leadId }: ListCallsInput): FindOptionsWhere<CallLogEntity> {
  return {
    ...(cursor && { id: LessThan(idCursor(cursor)) }),
    ...(status && { status: status as CallLogEntity['status'] }),
    ...(campaignId && { campaignId }),
    ...(leadId && { leadId }),
  };
}
