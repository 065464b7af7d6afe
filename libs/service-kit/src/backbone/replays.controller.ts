import { BackboneProblems, type ReplayId, type replayOperations, type ReplayView, type StartReplay } from '#leadwire/contracts';
import { Problems } from '#leadwire/kernel';
import { ConsumerRuntime, readReplay, startReplay, type ReplayRequest } from '#leadwire/messaging';
import { Handle, type Call } from '#leadwire/rpc';
import { Controller, type Type } from '@nestjs/common';

/** The controller with which a service lets a consumer handle a tenant's events once more; the same for every service. */
export function replaysController(operations: ReturnType<typeof replayOperations>): Type {
  @Controller()
  class ReplaysController {
    constructor(private readonly consumers: ConsumerRuntime) {}

    @Handle(operations.startReplay)
    start(call: Call<StartReplay>): Promise<ReplayId> {
      const request = requestOf(call.input);
      if (!this.consumers.names.has(request.consumer)) throw BackboneProblems.unknownConsumer();
      if (request.from && request.to && request.from >= request.to) throw BackboneProblems.replayRange();
      return call.transaction(async (tx) => ({ replayId: await startReplay(tx, request) }));
    }

    @Handle(operations.readReplay)
    read(call: Call<ReplayId>): Promise<ReplayView> {
      return call.transaction(async (tx) => {
        const replay = await readReplay(tx, call.input.replayId);
        if (!replay) throw Problems.notFound();
        return { ...replay, startedAt: replay.startedAt.toISOString(), endedAt: replay.endedAt?.toISOString() ?? null };
      });
    }
  }
  return ReplaysController;
}

function requestOf({ from, to, effects = 'suppressed', ...rest }: StartReplay): ReplayRequest {
  return { ...rest, ...(from && { from: new Date(from) }), ...(to && { to: new Date(to) }), effects: effects as ReplayRequest['effects'] };
}
