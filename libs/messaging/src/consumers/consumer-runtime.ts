import type { Leases } from '../leases/leases.js';
import { ensureStream } from '../streams/event-stream.js';
import { laneFilter } from '../streams/event-subjects.js';
import type { ConsumerSpec, Reaction } from './consumer.decorator.js';
import type { ConsumerSurroundings } from './consumer-surroundings.js';
import { DurableSubscription } from './durable-subscription.js';
import type { SubscriptionSource } from './durable.js';

/** Runs a service's reactions: one durable per consumer and source, each in the hands of one replica at a time. */
export class ConsumerRuntime {
  private readonly subscriptions: DurableSubscription[] = [];

  constructor(
    private readonly surroundings: ConsumerSurroundings,
    private readonly leases: Leases,
  ) {}

  /** Makes the streams and durables and stands for their leases. */
  async start(reactions: { spec: ConsumerSpec; reaction: Reaction }[]): Promise<void> {
    for (const { spec, reaction } of reactions) {
      for (const source of sourcesOf(spec)) await this.subscribe(spec, reaction, source);
    }
  }

  /** Stops fetching, finishes what is in hand, leaves the rest to the next holder. */
  async stop(): Promise<void> {
    await Promise.all(this.subscriptions.map((subscription) => subscription.stop()));
  }

  private async subscribe(spec: ConsumerSpec, reaction: Reaction, source: SubscriptionSource): Promise<void> {
    await ensureStream(this.surroundings.bus, source.service);
    const subscription = new DurableSubscription(spec, reaction, source, this.surroundings);
    this.subscriptions.push(subscription);
    this.leases.stand(`${this.surroundings.service}/consumer/${subscription.durable}`, {
      onWon: () => subscription.resume(),
      onLost: () => subscription.pause(),
    });
  }
}

// Events of one aggregate type come through one durable, so that their order holds across types: it hears them all
// when the consumer wants several, and lets those pass that it did not ask for.
function sourcesOf(spec: ConsumerSpec): SubscriptionSource[] {
  const sources = new Map<string, SubscriptionSource>();
  for (const event of spec.events) {
    const key = `${event.service}.${event.aggregate}`;
    const several = sources.has(key);
    sources.set(key, {
      service: event.service,
      aggregate: event.aggregate,
      filter: laneFilter(event, several ? '*' : event.name, 'main'),
    });
  }
  return [...sources.values()];
}
