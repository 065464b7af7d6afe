import type { CallId, Transcript } from '#leadwire/contracts';
import { Problems } from '#leadwire/kernel';
import type { Call } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';
import { CallLogEntity } from '../calls/call-log.entity.js';
import { transcriptOf } from './transcript.js';

/** What was said in a call, line by line. */
@Injectable()
export class GetTranscript {
  execute(call: Call<CallId>): Promise<Transcript> {
    const { callId } = call.input;
    return call.transaction(async (tx) => {
      if (!(await tx.manager.existsBy(CallLogEntity, { id: callId }))) throw Problems.notFound();
      const lines = await transcriptOf(tx, callId);
      return { lines: lines.map((line, number) => ({ line: number, ...line })) };
    });
  }
}
