import type { MessagingMetrics } from '../messaging-metrics.js';
import { ClaimFloor } from './claim-floor.js';
import { eventMessages, type EventMessage } from './event-messages.js';
import { At, type OutboxRow } from './outbox-row.js';
import { BATCH, URGENT_AT_ONCE, type Claim, type OutboxSession } from './outbox-session.js';
import { PublishRefused, type StreamPublisher } from './stream-publisher.js';

// How often everything is looked at again, for rows set back by hand.
const LOOK_AGAIN_MS = 60_000;

/** Events on their way to the stream, and whether all arrived. */
interface Flight {
  readonly rows: OutboxRow[];
  readonly express: OutboxRow[];
  readonly arrived: Promise<void>;
  readonly messages: readonly EventMessage[];
  /** How many messages this drain had published before. */
  readonly before: number;
}

/**
 * Claims, publishes and marks, overlapped: while one batch is on its way the next is claimed. All queries go through one
 * connection in the order they are made here, so a mark is done before the next claim looks.
 */
export class OutboxDrain {
  private readonly floor = new ClaimFloor();
  private flight?: Flight;
  private published = 0;
  /** The last look at urgent events took as many as it may: there may be more. */
  private urgentLeft = false;
  private lookAgain = performance.now() + LOOK_AGAIN_MS;

  constructor(
    private readonly service: string,
    private readonly outbox: OutboxSession,
    private readonly stream: StreamPublisher,
    private readonly metrics: MessagingMetrics,
  ) {}

  /** One step. Answers whether there is more to publish at once. */
  async step(): Promise<boolean> {
    const rows = await this.claim();
    const full = rows.length === BATCH;
    // Behind a full batch there may be urgent events; in one that is not full they would be seen.
    const express = full || this.urgentLeft || rows.some((row) => row[At.urgent]) ? await this.outbox.claimUrgent() : [];
    this.urgentLeft = express.length >= URGENT_AT_ONCE;
    const before = this.flight;
    this.flight = rows.length + express.length > 0 ? this.send(rows, express) : undefined;
    if (before) await this.land(before);
    // What is copied to the express lane has to be marked before the next claim of urgent events.
    if (this.flight && (!full || express.length > 0)) await this.finish();
    return full || this.urgentLeft;
  }

  /** Waits for what is on its way and marks it. */
  async finish(): Promise<void> {
    const last = this.flight;
    this.flight = undefined;
    if (last) await this.land(last);
  }

  private async claim(): Promise<OutboxRow[]> {
    if (performance.now() > this.lookAgain) {
      this.floor.reset();
      this.lookAgain = performance.now() + LOOK_AGAIN_MS;
    }
    const inFlight = this.flight?.rows.map((row) => row[At.position]) ?? [];
    const claim = await this.outbox.claim(this.floor.position, inFlight);
    this.moveFloor(claim, inFlight);
    return claim.rows;
  }

  private moveFloor({ rows, xmin, xmax }: Claim, inFlight: readonly string[]): void {
    const positions = [inFlight[0], rows[0]?.[At.position], inFlight.at(-1), rows.at(-1)?.[At.position]]
      .filter((position) => position !== undefined)
      .map(BigInt)
      .sort((a, b) => (a < b ? -1 : 1));
    this.floor.saw({ xmin, xmax, lowest: positions[0], highest: positions.at(-1) });
  }

  private send(rows: OutboxRow[], express: OutboxRow[]): Flight {
    const messages = [
      ...express.flatMap((row) => eventMessages(row, this.service, 'express')),
      ...rows.flatMap((row) => eventMessages(row, this.service, 'main')),
    ];
    const before = this.published;
    this.published += messages.length;
    const arrived = this.stream.publish(messages);
    // Looked at when the flight lands, which may be after it failed.
    arrived.catch(() => undefined);
    return { rows, express, messages, before, arrived };
  }

  private async land(flight: Flight): Promise<void> {
    try {
      await flight.arrived;
    } catch (error) {
      await this.noteRefusal(flight, error).catch(() => undefined);
      throw error;
    }
    if (flight.express.length > 0) await this.outbox.markExpressed(flight.express);
    if (flight.rows.length > 0) await this.outbox.mark(flight.rows);
    for (const row of flight.rows) this.metrics.published(row[At.type], Number(row[At.createdAt]));
  }

  // What did arrive is found on the stream when the next drain begins. An event it held already, deeper than that search
  // goes, is marked here, or it would be refused for ever.
  private async noteRefusal({ messages, before }: Flight, error: unknown): Promise<void> {
    if (!(error instanceof PublishRefused)) return;
    const refused = messages[error.taken - before];
    if (!refused) return;
    if (!error.duplicate) await this.outbox.retried(refused.row);
    else if (refused.lane === 'express') await this.outbox.markExpressed([refused.row]);
    else await this.outbox.mark([refused.row]);
  }
}
