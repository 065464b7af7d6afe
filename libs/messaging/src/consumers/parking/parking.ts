import type { Logger } from 'pino';
import { laneKey } from '../aggregate-lanes.js';
import type { ParkedEvent } from './parked-event.js';
import type { AggregateKey, Appended, FailedAgain, ParkedEvents } from './parked-events.js';

const RETRY_MS = 500;
// Sweeps that fall due together are one.
const SWEEP_SLOT_MS = 25;
const SETTLE_MS = 2_000;

/** What parking needs of the lanes in memory. */
export interface ParkingHost {
  /** Takes events that are due into their lanes. */
  unpark(events: ParkedEvent[]): void;
  /** Whether an aggregate has events in memory. */
  holds(key: AggregateKey): boolean;
}

interface Appending extends Appended {
  /** Called when it is kept. */
  kept(): void;
}

/**
 * The parked aggregates of one opening of a durable. An aggregate whose event failed does not wait on the stream, where
 * it would fill the server's window: its events are moved to `parked_events`, newer ones are appended behind them, and
 * they are run from there, in order, until none is left; then its lane is on the stream again.
 *
 * Order: one writer, in the order of arrival. An aggregate is parked from before its first event is written until a
 * write has left none of it and none waits to be written; so at each moment its events come from one place only.
 *
 * Hand-over: what is written is acknowledged after its commit. A new holder reads which aggregates are parked after it
 * has taken the durable's position: an event is then either redelivered to it or already in the table that it reads. A
 * former holder's late write is of events that the new one has too: it finds them in the inbox, and lets them pass.
 */
export class Parking {
  /** Parked aggregates, with how many of their events wait to be written. */
  private readonly parked = new Map<string, number>();
  /** Those whose parked events are in memory. */
  private readonly inHand = new Set<string>();
  private appended: Appending[] = [];
  private finished: ParkedEvent[] = [];
  private again: FailedAgain[] = [];
  private writing?: Promise<void>;
  private sweeping = false;
  private closed = false;
  /** Sweeps to come, by the slot of time in which they fall. */
  private readonly sweeps = new Map<number, NodeJS.Timeout>();

  constructor(
    private readonly events: ParkedEvents,
    private readonly host: ParkingHost,
    private readonly logger: Logger,
  ) {}

  /** Learns what is parked. To be called after the durable's position was taken, before its first event is read. */
  async load(): Promise<void> {
    for (const key of await this.events.aggregates()) this.parked.set(laneKey(key), 0);
  }

  /** Whether newer events of the aggregate must be appended. */
  has(key: AggregateKey): boolean {
    return this.parked.has(laneKey(key));
  }

  /** Writes an event behind what its aggregate has parked; `kept` is called after the commit. */
  append(event: Appending): void {
    const key = laneKey(event.event);
    this.parked.set(key, (this.parked.get(key) ?? 0) + 1);
    this.appended.push(event);
    this.write();
  }

  /** A parked event needs no more: it had its effect, or is a dead letter. */
  finish(parked: ParkedEvent[]): void {
    this.finished.push(...parked);
    this.write();
  }

  /** A parked event failed again; those taken with it stay in the table. */
  failAgain(failed: FailedAgain): void {
    this.again.push(failed);
    this.write();
  }

  /** Parked events of an aggregate left memory as they stand: they are brought back when they are due. */
  putBack(key: AggregateKey): void {
    this.inHand.delete(laneKey(key));
  }

  /** Brings what is due into memory. */
  async sweep(): Promise<void> {
    if (this.sweeping || this.closed) return;
    this.sweeping = true;
    try {
      const due = await this.events.due([...this.inHand]);
      if (!this.closed) this.take(due);
    } catch (error) {
      this.logger.warn({ err: error, lane: this.events.lane }, 'consumer: parked events could not be read, trying again');
      this.later(RETRY_MS);
    } finally {
      this.sweeping = false;
    }
  }

  /** Ends when what was given to it is written, or after a moment: what is not written comes again. */
  async settled(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const moment = new Promise<void>((resolve) => (timer = setTimeout(resolve, SETTLE_MS)));
    await Promise.race([this.writing, moment]);
    clearTimeout(timer);
  }

  /** Forgets everything: what is not written comes again. */
  close(): void {
    this.closed = true;
    for (const timer of this.sweeps.values()) clearTimeout(timer);
  }

  private take(due: ParkedEvent[]): void {
    // One that was finished while they were read is not in hand any more, and among them.
    const fresh = due.filter(({ event }) => !this.inHand.has(laneKey(event)));
    for (const { event } of fresh) if (!this.has(event)) this.parked.set(laneKey(event), 0);
    for (const { event } of fresh) this.inHand.add(laneKey(event));
    if (fresh.length > 0) this.host.unpark(fresh);
  }

  private write(): void {
    this.writing ??= this.writeAll().finally(() => (this.writing = undefined));
  }

  private async writeAll(): Promise<void> {
    // What one read of the socket brought is written together.
    await Promise.resolve();
    while (!this.closed && this.appended.length + this.finished.length + this.again.length > 0) {
      const { appended, finished, again } = this;
      Object.assign(this, { appended: [], finished: [], again: [] });
      try {
        this.written(appended, finished, again, await this.events.write(finished, again, appended));
      } catch (error) {
        this.logger.warn({ err: error, lane: this.events.lane }, 'consumer: parking failed, trying again');
        Object.assign(this, { appended: [...appended, ...this.appended], finished: [...finished, ...this.finished], again: [...again, ...this.again] });
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  }

  private written(appended: Appending[], finished: ParkedEvent[], again: FailedAgain[], left: AggregateKey[]): void {
    for (const event of appended) {
      const key = laneKey(event.event);
      this.parked.set(key, this.parked.get(key)! - 1);
      event.kept();
    }
    const more = new Set(left.map(laneKey));
    for (const { event } of finished) if (!more.has(laneKey(event))) this.unparkIfEmpty(event, appended);
    for (const key of [...finished, ...again.map(({ parked }) => parked)].map(({ event }) => event)) {
      if (!this.host.holds(key)) this.inHand.delete(laneKey(key));
    }
    for (const wait of new Set([...appended, ...again].map(({ retryInMs }) => retryInMs))) this.later(wait);
    if (finished.length > 0 && this.parked.size > 0) void this.sweep();
  }

  // None was left when the finished were removed; what the same transaction appended after that is left.
  private unparkIfEmpty(key: AggregateKey, appended: Appending[]): void {
    const name = laneKey(key);
    if (this.parked.get(name) === 0 && !appended.some(({ event }) => laneKey(event) === name)) this.parked.delete(name);
  }

  private later(ms: number): void {
    const slot = Math.ceil((performance.now() + ms) / SWEEP_SLOT_MS);
    if (this.closed || this.sweeps.has(slot)) return;
    this.sweeps.set(slot, setTimeout(() => {
      this.sweeps.delete(slot);
      void this.sweep();
    }, slot * SWEEP_SLOT_MS - performance.now()));
  }
}
