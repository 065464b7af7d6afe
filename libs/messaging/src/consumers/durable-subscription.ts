import type { DomainEvent } from '#leadwire/contracts';
import type { JsMsg } from '@nats-io/jetstream';
import type { ConsumerSpec, Reaction } from './consumer.decorator.js';
import type { ConsumerSurroundings } from './consumer-surroundings.js';
import { ACK_WAIT_MS, Durable, type Opening, type SubscriptionSource } from './durable.js';
import { fromStream } from './in-hand.js';
import { OpeningWork } from './opening-work.js';
import { messageFields } from './message-fields.js';
import { readEvent, tellingVersions } from './read-event.js';
import { understandEvent, wantedByType, type Understanding } from './understand-event.js';

const REOPEN_PAUSE_MS = 500;

/** Reads one durable, opening it again whenever deliveries may have been lost, and hands its events to the reaction. */
export class DurableSubscription {
  readonly durable: string;
  private readonly position: Durable;
  private readonly wanted: ReadonlyMap<string, DomainEvent<any>>;
  private readonly running = new Set<Promise<void>>();
  private work: OpeningWork;
  private opening?: Opening;
  private nextDelivery = 1;
  private active = false;
  private held = false;
  private paused = false;
  private stopped = false;
  private reading?: Promise<void>;
  private keepAlive?: NodeJS.Timeout;

  constructor(
    private readonly spec: ConsumerSpec,
    private readonly reaction: Reaction,
    source: SubscriptionSource,
    private readonly around: ConsumerSurroundings,
  ) {
    this.wanted = wantedByType(spec.events);
    this.durable = durableName(around.service, spec.name, source);
    this.position = new Durable(this.durable, source, around.bus);
    this.work = this.newWork();
  }

  /** The lease is won: starts, or starts again, to read from where the durable stands, unless the consumer is paused. */
  resume(): void {
    this.held = true;
    if (!this.paused) this.begin();
  }

  /** Stops at once: another replica has taken over, what is in hand here will be redelivered there. */
  pause(): void {
    this.held = false;
    this.end();
  }

  /** Whether the consumer is paused by its operator: then nothing is begun, what is in hand is finished. */
  setPaused(paused: boolean): void {
    this.paused = paused;
    if (paused) this.end();
    else if (this.held) this.begin();
  }

  private begin(): void {
    if (this.active || this.stopped) return;
    this.active = true;
    const before = this.reading ?? Promise.resolve();
    this.reading = before.then(() => this.read());
    this.keepAlive = setInterval(() => this.work.holdMessages(), ACK_WAIT_MS / 3);
  }

  private end(): void {
    this.active = false;
    clearInterval(this.keepAlive);
    this.opening?.close();
    this.work.drop();
  }

  /** Stops reading for good, finishes what runs. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.active = false;
    this.opening?.close();
    this.work.halt();
    await Promise.allSettled(this.running);
    await this.work.parking.settled();
    this.pause();
    await this.reading;
  }

  /** Looks for parked events that are due: one was put there by another, or a former holder left it. */
  sweep(): void {
    if (this.active) void this.work.parking.sweep();
  }

  private newWork(): OpeningWork {
    return new OpeningWork(this.durable, this.spec, this.reaction, this.around, { running: this.running, freed: () => this.work.dispatch() });
  }

  private async read(): Promise<void> {
    while (this.active) {
      try {
        await this.readUntilClosed();
      } catch (error) {
        if (this.active) this.around.logger.warn({ err: error, consumer: this.durable }, 'consumer: reading failed, trying again');
      }
      if (this.active) await new Promise((resolve) => setTimeout(resolve, REOPEN_PAUSE_MS));
    }
  }

  private async readUntilClosed(): Promise<void> {
    this.work.drop();
    if (this.active) this.work = this.newWork();
    const opening = await this.position.open();
    try {
      this.opening = opening;
      this.nextDelivery = opening.nextDelivery;
      // After the position was taken: what a former holder has parked since then is delivered here as well (see Parking).
      await this.work.parking.load();
      void this.work.parking.sweep();
      // Paused while it was being opened: nobody else would close it.
      if (this.active) await opening.read(this.receiver(opening));
    } finally {
      opening.close();
    }
  }

  private receiver(opening: Opening): (message: JsMsg) => void {
    let open = true;
    return (message) => {
      if (!open || this.receive(message)) return;
      // What follows in the same read of the socket comes again, in order.
      open = false;
      opening.close();
    };
  }

  /** Puts a message into its lane; false when the durable has to be opened again. */
  private receive(message: JsMsg): boolean {
    if (!this.active) return false;
    // A delivery is missing: lost on the way, or another still pulls. What came after it may be its successor.
    const { deliverySequence } = message.info;
    if (deliverySequence !== this.nextDelivery++) {
      this.around.logger.warn({ consumer: this.durable, deliverySequence }, 'consumer: a delivery is missing, opening again');
      return false;
    }
    const understood = this.readOrTerminate(message);
    if (understood === 'passes') message.ack();
    else if (understood) this.work.add(fromStream(understood.event, message, understood.fault));
    return true;
  }

  private readOrTerminate(message: JsMsg): Understanding | undefined {
    try {
      const fields = messageFields(message);
      const event = readEvent(message, fields);
      const wanted = this.wanted.get(event.type);
      return wanted ? understandEvent(event, wanted, tellingVersions(fields)) : 'passes';
    } catch (error) {
      this.around.logger.error({ err: error, consumer: this.durable }, 'consumer: not an event, terminated');
      message.term();
      return undefined;
    }
  }
}

/** The name of the durable by which a consumer reads a source: also that of its lane in the tables. */
export function durableName(service: string, consumer: string, source: Pick<SubscriptionSource, 'service' | 'aggregate' | 'lane'>): string {
  return `${service}--${consumer}--${source.service}-${source.aggregate}${source.lane === 'express' ? '--express' : ''}`;
}
