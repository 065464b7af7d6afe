import { BackboneProblems, type ConsumerChoice, type ConsumerLag, type ConsumerLags, type consumerOperations, type ConsumerState, type Nothing } from '#leadwire/contracts';
import { Database, type TenantTx } from '#leadwire/database';
import { hasCapability, type Caller } from '#leadwire/kernel';
import { ConsumerRuntime, parkedOfTenant, pauseConsumer, pausedConsumers, resumeConsumer, type ConsumerLag as DurableLag } from '#leadwire/messaging';
import { Handle, type Call } from '#leadwire/rpc';
import { Controller, type Type } from '@nestjs/common';

/** The controller with which a service tells how far its consumers are, and pauses them; the same for every service. */
export function consumersController(operations: ReturnType<typeof consumerOperations>): Type {
  @Controller()
  class ConsumersController {
    constructor(
      private readonly consumers: ConsumerRuntime,
      private readonly database: Database,
    ) {}

    @Handle(operations.consumerLags)
    async lags(call: Call<Nothing>): Promise<ConsumerLags> {
      if (operates(call.caller)) return { items: lagsByConsumer(await this.consumers.lags()) };
      return { items: await call.transaction((tx) => this.ownLags(tx)) };
    }

    @Handle(operations.pauseConsumer)
    pause(call: Call<ConsumerChoice>): Promise<ConsumerState> {
      return this.set(call, true);
    }

    @Handle(operations.resumeConsumer)
    resume(call: Call<ConsumerChoice>): Promise<ConsumerState> {
      return this.set(call, false);
    }

    // How much of all tenants waits is nobody's business but the operator's.
    private async ownLags(tx: TenantTx): Promise<ConsumerLag[]> {
      const paused = await pausedConsumers(tx);
      const parked = await parkedOfTenant(tx);
      return this.consumers.sources.map(({ consumer, source }) => {
        const own = parked.find((row) => row.consumer === consumer && row.source === source);
        return { consumer, source, pending: null, inHand: null, parked: own?.parked ?? 0, paused: paused.has(consumer), oldestUnhandledSeconds: own?.age ?? null };
      });
    }

    // A consumer works for every tenant: no single one may stop it.
    private async set(call: Call<ConsumerChoice>, paused: boolean): Promise<ConsumerState> {
      const { consumer } = call.input;
      if (!operates(call.caller)) throw BackboneProblems.operatorOnly();
      if (!this.consumers.names.has(consumer)) throw BackboneProblems.unknownConsumer();
      await this.database.withoutTenant((tx) => (paused ? pauseConsumer(tx, consumer) : resumeConsumer(tx, consumer)));
      return { consumer, paused };
    }
  }
  return ConsumersController;
}

function operates(caller: Caller): boolean {
  return hasCapability(caller, '*');
}

// A consumer reads each source by one durable or several: lanes, and aggregate types.
function lagsByConsumer(lags: readonly DurableLag[]): ConsumerLag[] {
  const groups = Map.groupBy(lags, ({ consumer, source }) => `${consumer} ${source}`);
  return [...groups.values()].map((some) => {
    const sum = (value: (lag: DurableLag) => number): number => some.reduce((total, lag) => total + value(lag), 0);
    const ages = some.flatMap(({ oldestUnhandledSeconds }) => oldestUnhandledSeconds ?? []);
    const { consumer, source, paused } = some[0]!;
    return {
      consumer, source, paused,
      pending: sum((lag) => lag.pending),
      inHand: sum((lag) => lag.inHand),
      parked: sum((lag) => lag.parked),
      oldestUnhandledSeconds: ages.length > 0 ? Math.max(...ages) : null,
    };
  });
}
