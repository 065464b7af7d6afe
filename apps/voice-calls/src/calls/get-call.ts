import type { CallId, CallView } from '#leadwire/contracts';
import { Problems } from '#leadwire/kernel';
import type { Call } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';
import { CallAnalysisEntity } from '../analysis/call-analysis.entity.js';
import { CallLogEntity } from './call-log.entity.js';
import { callView } from './call-view.js';

/** One call and what was understood of it. */
@Injectable()
export class GetCall {
  execute(call: Call<CallId>): Promise<CallView> {
    return call.transaction(async (tx) => {
      const row = await tx.manager.findOneBy(CallLogEntity, { id: call.input.callId });
      if (!row) throw Problems.notFound();
      return callView(row, await tx.manager.findOneBy(CallAnalysisEntity, { callId: row.id }));
    });
  }
}
