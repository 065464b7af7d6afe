import { CallProblems, type CallView, type PlaceCall as PlaceCallInput } from '#leadwire/contracts';
import type { Call } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';
import type { CallLogEntity } from './call-log.entity.js';
import type { EndReason } from './call-status.js';
import { callView } from './call-view.js';
import { QueueCalls, type CallOrder } from './queue-calls.js';

const REFUSALS: Partial<Record<EndReason, () => Error>> = {
  'unknown-agent': () => CallProblems.unknownAgent(),
  'unknown-number': () => CallProblems.unknownNumber(),
  'bad-callee': () => CallProblems.badCallee(),
};

/** Queues a call that a person asks for. */
@Injectable()
export class PlaceCall {
  constructor(private readonly queue: QueueCalls) {}

  execute(call: Call<PlaceCallInput>): Promise<CallView> {
    return call.transaction(async (tx) => {
      const [row] = await this.queue.add(tx, [orderOf(call)]);
      refuseWhatCannotBeMade(row!);
      return callView(row!);
    });
  }
}

// A person is told at once; throwing takes the failed row back.
function refuseWhatCannotBeMade(row: CallLogEntity): void {
  const refusal = row.endReason && REFUSALS[row.endReason];
  if (refusal) throw refusal();
}

function orderOf({ input, caller }: Call<PlaceCallInput>): CallOrder {
  const { agentId, fromNumberId, to, leadId = null, leadName = null } = input;
  const userId = caller.actor.kind === 'user' ? caller.actor.id : null;
  return { agentId, fromNumberId, to, leadId, leadName, companyName: null, userId, step: null };
}
