import type { Bus } from '#leadwire/bus';
import type { Logger } from 'pino';
import type { Leases } from '../leases/leases.js';
import type { MessagingMetrics } from '../messaging-metrics.js';
import type { Outbox } from '../outbox/outbox.js';
import { ensureStream } from '../streams/event-stream.js';
import { OutboxDrain } from './outbox-drain.js';
import { OutboxSession } from './outbox-session.js';
import { settlePublishedTail } from './published-tail.js';
import { StreamPublisher } from './stream-publisher.js';
import { WakeCalls } from './wake-calls.js';

const IDLE_POLL_MS = 100;
const FAILURE_PAUSE_MS = 500;

/** What a relay works with. */
export interface RelaySurroundings {
  readonly service: string;
  readonly bus: Bus;
  /** The service's own login; the relay keeps one connection of its own. */
  readonly databaseUrl: string;
  readonly leases: Leases;
  readonly metrics: MessagingMetrics;
  readonly logger: Logger;
  readonly outbox: Outbox;
}

/** Publishes a service's outbox to its stream, in order. One replica at a time does so; the others stand by. */
export class Relay {
  private leading = false;
  private stopping = false;
  private loop?: Promise<void>;
  /** A commit told of new rows since the last claim began: there is no pause before they are claimed. */
  private woken = false;
  private endPause: () => void = () => undefined;
  private deafen: () => void = () => undefined;
  private readonly calls: WakeCalls;

  constructor(private readonly around: RelaySurroundings) {
    this.calls = new WakeCalls(around.service, around.bus);
    around.outbox.onCommit(() => (this.leading ? this.wakeUp() : this.calls.call()));
  }

  /** Stands for the lease. */
  async start(): Promise<void> {
    await ensureStream(this.around.bus, this.around.service);
    this.deafen = this.calls.listen(() => this.wakeUp());
    this.around.leases.stand(`${this.around.service}/relay`, {
      onWon: () => this.lead(),
      onLost: () => (this.leading = false),
    });
  }

  /** Finishes the batch in hand. What is left over is published by the next holder. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.leading = false;
    this.deafen();
    this.wakeUp();
    await this.loop;
  }

  private lead(): void {
    this.leading = true;
    const before = this.loop ?? Promise.resolve();
    this.loop = before.then(() => this.run());
  }

  private async run(): Promise<void> {
    while (this.active) {
      try {
        await this.drain();
      } catch (error) {
        if (!this.active) return;
        this.around.logger.warn({ err: error }, 'relay: publishing failed, looking at the stream and going on from there');
        // Commits do not end it: while they go on, each failure would be followed by the next at once.
        await new Promise((resolve) => setTimeout(resolve, FAILURE_PAUSE_MS));
      }
    }
  }

  private async drain(): Promise<void> {
    const { bus, service, databaseUrl, metrics } = this.around;
    await ensureStream(bus, service);
    const connection = new AbortController();
    const outbox = await OutboxSession.open(databaseUrl, service, (error) => connection.abort(error));
    let stream: StreamPublisher | undefined;
    try {
      stream = new StreamPublisher(bus, await settlePublishedTail(bus, service, outbox));
      const drain = new OutboxDrain(service, outbox, stream, metrics);
      while (this.active && !connection.signal.aborted) {
        this.woken = false;
        const more = await drain.step();
        if (!more && !this.woken) await this.pause();
      }
      await drain.finish();
    } finally {
      stream?.close();
      await outbox.close();
    }
    connection.signal.throwIfAborted();
  }

  private get active(): boolean {
    return this.leading && !this.stopping;
  }

  private wakeUp(): void {
    this.woken = true;
    this.endPause();
  }

  private pause(): Promise<void> {
    if (this.stopping) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, IDLE_POLL_MS);
      this.endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
