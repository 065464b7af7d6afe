import type { Bus } from '#leadwire/bus';
import type { Database } from '#leadwire/database';
import { jetstream, type JetStreamClient } from '@nats-io/jetstream';
import type { Logger } from 'pino';
import type { Leases } from '../leases/leases.js';
import type { MessagingMetrics } from '../messaging-metrics.js';
import type { Outbox } from '../outbox/outbox.js';
import { eventSubject } from '../streams/event-subjects.js';
import { ensureStream } from '../streams/event-stream.js';
import { eventHeaders, type OutboxRow } from './event-message.js';
import { publishWaves } from './publish-waves.js';

const BATCH = 500;
const IDLE_POLL_MS = 100;
const FAILURE_PAUSE_MS = 500;
const PUBLISH_TIMEOUT_MS = 5_000;

// What is not committed is not visible, and what is visible of an aggregate is its next events without a gap: its
// counter is locked until commit (see Outbox). So the smallest unpublished positions are safe to send as they stand.
const CLAIM = `
  select position, id, tenant_id, event_type, event_version, aggregate_type, aggregate_id, aggregate_sequence,
         payload::text as payload, metadata, created_at
  from domain_events where not processed order by position limit ${BATCH}`;

const MARK = `update domain_events set processed = true, processed_at = clock_timestamp() where position = any($1::bigint[])`;
const MARK_RETRY = `update domain_events set retry_count = retry_count + 1 where position = any($1::bigint[])`;

/** Publishes a service's outbox to its stream, in order. One replica at a time does so; the others stand by. */
export class Relay {
  private leading = false;
  private stopping = false;
  private loop?: Promise<void>;
  /** A commit told of new rows since the last claim began: there is no pause before they are claimed. */
  private woken = false;
  private endPause: () => void = () => undefined;
  private readonly js: JetStreamClient;

  constructor(
    private readonly service: string,
    private readonly bus: Bus,
    private readonly database: Database,
    private readonly leases: Leases,
    private readonly metrics: MessagingMetrics,
    private readonly logger: Logger,
    outbox: Outbox,
  ) {
    this.js = jetstream(bus.connection, { timeout: PUBLISH_TIMEOUT_MS });
    outbox.onCommit(() => this.wakeUp());
  }

  /** Makes the stream and stands for the lease. */
  async start(): Promise<void> {
    await ensureStream(this.bus, this.service);
    this.leases.stand(`${this.service}/relay`, {
      onWon: () => this.lead(),
      onLost: () => (this.leading = false),
    });
  }

  /** Finishes the batch in hand. What is left over is published by the next holder. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.leading = false;
    this.wakeUp();
    await this.loop;
  }

  private lead(): void {
    this.leading = true;
    const before = this.loop ?? Promise.resolve();
    this.loop = before.then(() => this.run());
  }

  private async run(): Promise<void> {
    while (this.leading && !this.stopping) {
      try {
        this.woken = false;
        const published = await this.publishBatch();
        if (published < BATCH && !this.woken) await this.pause(IDLE_POLL_MS);
      } catch (error) {
        this.logger.warn({ err: error }, 'relay: publishing failed, trying again');
        await this.pause(FAILURE_PAUSE_MS);
        // A bus that lost its data has no stream to publish to.
        if (!this.stopping) await ensureStream(this.bus, this.service).catch(() => undefined);
      }
    }
  }

  private wakeUp(): void {
    this.woken = true;
    this.endPause();
  }

  private async publishBatch(): Promise<number> {
    const rows = await this.database.forPlatform((tx) => tx.query<OutboxRow>(CLAIM));
    const published: OutboxRow[] = [];
    try {
      for (const wave of publishWaves(rows)) await this.publishWave(wave, published);
    } finally {
      await this.mark(rows, published);
    }
    return rows.length;
  }

  private async publishWave(wave: OutboxRow[], published: OutboxRow[]): Promise<void> {
    const acks = await Promise.allSettled(wave.map((row) => this.publish(row)));
    wave.forEach((row, i) => acks[i]!.status === 'fulfilled' && published.push(row));
    const failed = acks.find((ack) => ack.status === 'rejected');
    if (failed) throw failed.reason;
  }

  private async publish(row: OutboxRow): Promise<void> {
    await this.js.publish(this.bus.subject(eventSubject(row.event_type, row.event_version, 'main', row.aggregate_id)), row.payload, { headers: eventHeaders(row, this.service) });
  }

  private async mark(rows: OutboxRow[], published: OutboxRow[]): Promise<void> {
    if (rows.length === 0) return;
    const done = new Set(published);
    const failed = rows.filter((row) => !done.has(row));
    await this.database.forPlatform(async (tx) => {
      await tx.query(MARK, [published.map((row) => row.position)]);
      if (failed.length > 0) await tx.query(MARK_RETRY, [failed.map((row) => row.position)]);
    });
    for (const row of published) this.metrics.published(row.event_type, row.created_at);
  }

  private pause(ms: number): Promise<void> {
    if (this.stopping) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
