import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { ConsumerLag } from './consumers/consumer-lags.js';

const LATENCY_BUCKETS = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

const CONSUMER_GAUGES: readonly [name: string, help: string, value: (lag: ConsumerLag) => number][] = [
  ['leadwire_consumer_oldest_unhandled_seconds', 'Age of the oldest event not yet handled; 0 when there is none.', (lag) => lag.oldestUnhandledSeconds ?? 0],
  ['leadwire_consumer_pending', 'Events on the stream or in hand, not yet handled.', (lag) => lag.pending + lag.inHand],
  ['leadwire_consumer_paused', '1 while the consumer is paused.', (lag) => (lag.paused ? 1 : 0)],
  ['leadwire_parked_events', 'Events that wait behind one that failed.', (lag) => lag.parked],
];

/** What a service counts of its events (Prometheus; seconds). */
export class MessagingMetrics {
  private readonly publishedTotal: Counter;
  private readonly handledTotal: Counter;
  private readonly retriesTotal: Counter;
  private readonly deadTotal: Counter;
  private readonly commitToPublished: Histogram;
  private readonly commitToHandled: Histogram;

  constructor(registry: Registry) {
    const registers = [registry];
    this.publishedTotal = new Counter({ name: 'leadwire_events_published_total', help: 'Events published to the stream.', labelNames: ['type'], registers });
    this.handledTotal = new Counter({ name: 'leadwire_events_handled_total', help: 'Events whose effect committed.', labelNames: ['consumer', 'type'], registers });
    this.retriesTotal = new Counter({ name: 'leadwire_events_retried_total', help: 'Attempts at an event that failed.', labelNames: ['consumer', 'type'], registers });
    this.deadTotal = new Counter({ name: 'leadwire_dead_letters_total', help: 'Events given up on.', labelNames: ['consumer', 'type'], registers });
    this.commitToPublished = new Histogram({ name: 'leadwire_commit_to_published_seconds', help: 'From the event\'s row to the stream\'s ack.', buckets: LATENCY_BUCKETS, registers });
    this.commitToHandled = new Histogram({ name: 'leadwire_commit_to_handled_seconds', help: 'From the event\'s row to its committed effect.', labelNames: ['consumer'], buckets: LATENCY_BUCKETS, registers });
  }

  /** @param occurredAt when the event's row was written, ms since the epoch. */
  published(type: string, occurredAt: number): void {
    this.publishedTotal.inc({ type });
    this.commitToPublished.observe(secondsSince(occurredAt));
  }

  handled(consumer: string, events: readonly { readonly type: string; readonly occurredAt: Date }[]): void {
    const lag = this.commitToHandled.labels(consumer);
    for (const [type, some] of Map.groupBy(events, (event) => event.type)) {
      this.handledTotal.inc({ consumer, type }, some.length);
      for (const event of some) lag.observe(secondsSince(event.occurredAt.getTime()));
    }
  }

  retried(consumer: string, type: string): void {
    this.retriesTotal.inc({ consumer, type });
  }

  dead(consumer: string, type: string): void {
    this.deadTotal.inc({ consumer, type });
  }

  /** Exports how far each consumer is, read once a scrape; what could not be read is left out. */
  static consumerGauges(registry: Registry, lags: () => Promise<ConsumerLag[]>): void {
    let read: Promise<ConsumerLag[]> | undefined;
    const once = (): Promise<ConsumerLag[]> => {
      setTimeout(() => (read = undefined), 500).unref();
      return (read ??= lags().catch(() => []));
    };
    for (const [name, help, value] of CONSUMER_GAUGES) {
      new Gauge({
        name, help, labelNames: ['consumer', 'source', 'lane'], registers: [registry],
        async collect() {
          const all = await once();
          this.reset();
          for (const lag of all) this.set({ consumer: lag.consumer, source: `${lag.source}.${lag.aggregate}`, lane: lag.lane }, value(lag));
        },
      });
    }
  }

  /** Exports a value read at each scrape, e.g. the age of the oldest unpublished event. */
  static gauge(registry: Registry, name: string, help: string, read: () => Promise<number>): void {
    new Gauge({ name, help, registers: [registry], async collect() { this.set(await read()); } });
  }
}

function secondsSince(moment: number): number {
  return Math.max(0, (Date.now() - moment) / 1000);
}
