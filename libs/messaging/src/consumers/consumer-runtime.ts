import type { Leases } from '../leases/leases.js';
import { ensureStream } from '../streams/event-stream.js';
import { lagsOf, type ConsumerLag, type WatchedDurable } from './consumer-lags.js';
import type { ConsumerSpec, Reaction } from './consumer.decorator.js';
import type { ConsumerSurroundings } from './consumer-surroundings.js';
import { DurableSubscription } from './durable-subscription.js';
import type { SubscriptionSource } from './durable.js';
import { pausedConsumers } from './pause-consumer.js';
import { sourcesOf } from './sources-of.js';

const POLL_MS = 1_000;

// One query a service and second: who is paused, and which lanes have parked events that are due.
const DUE = `select distinct lane from parked_events where due_at <= clock_timestamp()`;
// What stands first of its aggregate and is due never: a former holder's late write (see Parking).
const HEAL = `
  update parked_events set due_at = clock_timestamp() where position in (
    select min(position) from parked_events group by lane, tenant_id, aggregate_id having bool_and(due_at is null))`;
const HEAL_EVERY = 30;

interface Subscribed extends WatchedDurable {
  readonly subscription: DurableSubscription;
}

/** Runs a service's reactions: one durable per consumer, source and lane, each in the hands of one replica at a time. */
export class ConsumerRuntime {
  private readonly subscriptions: Subscribed[] = [];
  private polling?: Promise<void>;
  private timer?: NodeJS.Timeout;
  private polls = 0;

  constructor(
    private readonly surroundings: ConsumerSurroundings,
    private readonly leases: Leases,
  ) {}

  /** Makes the streams and durables and stands for their leases. */
  async start(reactions: { spec: ConsumerSpec; reaction: Reaction }[]): Promise<void> {
    const paused = await this.paused();
    for (const { spec, reaction } of reactions) {
      for (const source of sourcesOf(spec)) await this.subscribe(spec, reaction, source, paused.has(spec.name));
    }
    this.timer ??= setInterval(() => void (this.polling ??= this.poll().finally(() => (this.polling = undefined))), POLL_MS);
  }

  /** Stops fetching, finishes what is in hand, leaves the rest to the next holder. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await Promise.all(this.subscriptions.map(({ subscription }) => subscription.stop()));
    await this.polling;
  }

  /** The names of the consumers it runs. */
  get names(): ReadonlySet<string> {
    return new Set(this.subscriptions.map(({ consumer }) => consumer));
  }

  /** Whose events each of them reads. */
  get sources(): readonly { readonly consumer: string; readonly source: string }[] {
    const pairs = new Map(this.subscriptions.map(({ consumer, source }) => [`${consumer} ${source.service}`, { consumer, source: source.service }]));
    return [...pairs.values()];
  }

  /** How far each of them is; throws when the bus or the database does not answer. */
  lags(): Promise<ConsumerLag[]> {
    return lagsOf(this.subscriptions, this.surroundings);
  }

  private async subscribe(spec: ConsumerSpec, reaction: Reaction, source: SubscriptionSource, paused: boolean): Promise<void> {
    await ensureStream(this.surroundings.bus, source.service);
    const subscription = new DurableSubscription(spec, reaction, source, this.surroundings);
    subscription.setPaused(paused);
    this.subscriptions.push({ consumer: spec.name, durable: subscription.durable, source, subscription });
    this.leases.stand(`${this.surroundings.service}/consumer/${subscription.durable}`, {
      onWon: () => subscription.resume(),
      onLost: () => subscription.pause(),
    });
  }

  private async poll(): Promise<void> {
    try {
      const paused = await this.paused();
      const due = await this.due();
      for (const { consumer, subscription } of this.subscriptions) {
        subscription.setPaused(paused.has(consumer));
        if (due.has(subscription.durable)) subscription.sweep();
      }
    } catch (error) {
      this.surroundings.logger.warn({ err: error }, 'consumers: what is paused and due could not be read, trying again');
    }
  }

  private paused(): Promise<Set<string>> {
    return this.surroundings.database.withoutTenant(pausedConsumers);
  }

  private async due(): Promise<Set<string>> {
    const heal = ++this.polls % HEAL_EVERY === 0;
    const rows = await this.surroundings.database.forPlatform(async (tx) => {
      if (heal) await tx.query(HEAL);
      return tx.query<{ lane: string }>(DUE);
    });
    return new Set(rows.map((row) => row.lane));
  }
}
