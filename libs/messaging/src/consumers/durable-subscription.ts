import {
  AckPolicy,
  DeliverPolicy,
  jetstream,
  JetStreamApiCodes,
  JetStreamApiError,
  jetstreamManager,
  type ConsumerInfo,
  type ConsumerMessages,
  type JetStreamManager,
  type JsMsg,
} from '@nats-io/jetstream';
import type { QueuedIterator, Status } from '@nats-io/transport-node';
import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { ensureStream, streamOf } from '../streams/event-stream.js';
import { AggregateLanes } from './aggregate-lanes.js';
import { backOff, isOutage } from './back-off.js';
import type { ConsumerSpec, Reaction } from './consumer.decorator.js';
import type { ConsumerSurroundings } from './consumer-runtime.js';
import { buryEvent } from './dead-letters.js';
import { Delivery } from './delivery.js';
import { readEvent, type ReceivedEvent } from './received-event.js';

const ACK_WAIT_MS = 15_000;
const MAX_IN_HAND = 512;
const REOPEN_PAUSE_MS = 500;

/** Which events a durable hears. */
export interface SubscriptionSource {
  readonly service: string;
  readonly aggregate: string;
  readonly filter: string;
}

interface InHand {
  readonly event: ReceivedEvent;
  readonly message: JsMsg;
  readonly tenantId: string;
  readonly aggregateId: string;
  attempts: number;
}

/** One durable pull consumer and the reaction it feeds. */
export class DurableSubscription {
  readonly durable: string;
  /** What this opening of the durable delivered; every opening starts with none, for all of it comes again. */
  private lanes = new AggregateLanes<InHand>();
  /** The number that the durable gives the next delivery. */
  private nextDelivery = 1;
  private readonly wanted: Set<string>;
  private readonly running = new Set<Promise<void>>();
  private messages?: ConsumerMessages;
  private active = false;
  private stopped = false;
  private reading?: Promise<void>;
  private keepAlive?: NodeJS.Timeout;
  private wake?: NodeJS.Timeout;

  constructor(
    private readonly spec: ConsumerSpec,
    private readonly reaction: Reaction,
    private readonly source: SubscriptionSource,
    private readonly around: ConsumerSurroundings,
  ) {
    this.wanted = new Set(spec.events.map((event) => event.type));
    this.durable = `${around.service}--${spec.name}--${source.service}-${source.aggregate}`;
  }

  /** Starts, or starts again, to read from where the durable stands. */
  resume(): void {
    if (this.active || this.stopped) return;
    this.active = true;
    const before = this.reading ?? Promise.resolve();
    this.reading = before.then(() => this.read());
    this.keepAlive = setInterval(() => this.holdMessages(), ACK_WAIT_MS / 3);
  }

  /** Stops at once: another replica has taken over, what is in hand here will be redelivered there. */
  pause(): void {
    this.active = false;
    clearInterval(this.keepAlive);
    clearTimeout(this.wake);
    this.messages?.stop();
    this.lanes.clear();
  }

  /** Stops reading for good, finishes what runs. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.active = false;
    this.messages?.stop();
    await Promise.allSettled(this.running);
    this.pause();
    await this.reading;
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
    this.lanes = new AggregateLanes();
    this.nextDelivery = (await this.ensureDurable()) + 1;
    const consumer = await jetstream(this.around.bus.connection).consumers.get(this.stream, this.durableName);
    // Without abort_on_missing_resource a holder whose durable was made anew would silently pull from the new one.
    const messages = await consumer.consume({ max_messages: MAX_IN_HAND, expires: 5_000, abort_on_missing_resource: true });
    const watch = this.closeOnReconnect(messages);
    try {
      this.messages = messages;
      // Paused while it was being opened: nobody else would close it.
      if (!this.active) return;
      for await (const message of messages) if (!this.receive(message)) break;
    } finally {
      watch.stop();
      messages.stop();
    }
  }

  // What the server sent into a broken connection is lost until its ack wait has passed, and newer events would come
  // first. So the durable is opened again, from its ack floor.
  private closeOnReconnect(messages: ConsumerMessages): { stop(): void } {
    const statuses = this.around.bus.connection.status() as QueuedIterator<Status>;
    void (async () => {
      for await (const status of statuses) if (status.type === 'reconnect') messages.stop();
    })();
    return statuses;
  }

  // The server would redeliver what a dead holder left un-acknowledged only after the ack wait, behind newer events of
  // the same aggregates. So a new holder starts again right after the last gapless acknowledgement: everything comes in
  // stream order, and the inbox lets pass what was handled. A crash between delete and add starts from the beginning,
  // which is slow and right. Answers the number of the last delivery.
  private async ensureDurable(): Promise<number> {
    const { bus } = this.around;
    const jsm = await jetstreamManager(bus.connection);
    await ensureStream(bus, this.source.service, jsm);
    const existing = await this.existingDurable(jsm);
    const filter = bus.subject(this.source.filter);
    if (existing?.num_ack_pending === 0 && existing.config.filter_subject === filter) return existing.delivered.consumer_seq;
    if (existing) await jsm.consumers.delete(this.stream, this.durableName);
    const made = await jsm.consumers.add(this.stream, {
      durable_name: this.durableName,
      ack_policy: AckPolicy.Explicit,
      ack_wait: ACK_WAIT_MS * 1_000_000,
      ...(existing
        ? { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: existing.ack_floor.stream_seq + 1 }
        : { deliver_policy: DeliverPolicy.All }),
      filter_subject: filter,
      max_ack_pending: MAX_IN_HAND * 2,
      max_deliver: -1,
    });
    return made.delivered.consumer_seq;
  }

  // Only "there is none" means none: taken for it, a request that timed out would leave un-acknowledged events behind.
  private existingDurable(jsm: JetStreamManager): Promise<ConsumerInfo | undefined> {
    return jsm.consumers.info(this.stream, this.durableName).catch((error: unknown) => {
      if (error instanceof JetStreamApiError && error.code === JetStreamApiCodes.ConsumerNotFound) return undefined;
      throw error;
    });
  }

  private get stream(): string {
    return streamOf(this.around.bus, this.source.service);
  }

  private get durableName(): string {
    return this.around.bus.streamName(this.durable);
  }

  /** Puts a message into its lane; false when the durable has to be opened again. */
  private receive(message: JsMsg): boolean {
    if (!this.active) return false;
    // A delivery is missing: lost on the way, or another still pulls. What came after it may be its successor.
    const { deliverySequence, deliveryCount } = message.info;
    if (deliverySequence !== this.nextDelivery++) {
      this.around.logger.warn({ consumer: this.durable, deliverySequence }, 'consumer: a delivery is missing, opening again');
      return false;
    }
    let event: ReceivedEvent;
    try {
      event = readEvent(message);
    } catch (error) {
      this.around.logger.error({ err: error, consumer: this.durable }, 'consumer: not an event, terminated');
      message.term();
      return true;
    }
    if (!this.wanted.has(event.type)) {
      message.ack();
      return true;
    }
    const { tenantId, aggregateId } = event;
    this.lanes.add({ event, message, tenantId, aggregateId, attempts: deliveryCount - 1 });
    this.dispatch();
    return true;
  }

  private dispatch(): void {
    const { lanes } = this;
    while (this.active && this.running.size < (this.spec.concurrency ?? 8)) {
      const items = lanes.take(this.spec.batch ?? 1, Date.now());
      if (items.length === 0) break;
      const run = this.process(items, lanes).finally(() => {
        this.running.delete(run);
        this.dispatch();
      });
      this.running.add(run);
    }
    this.scheduleWake();
  }

  private scheduleWake(): void {
    clearTimeout(this.wake);
    const next = this.active ? this.lanes.nextWake() : undefined;
    if (next !== undefined) this.wake = setTimeout(() => this.dispatch(), Math.max(5, next - Date.now()));
  }

  // Items go back to the lanes they came from: when the durable was opened again meanwhile, those are nobody's any more
  // and the lane that now holds the same events must not be freed from here.
  private async process(items: InHand[], lanes: AggregateLanes<InHand>): Promise<void> {
    try {
      await this.handle(items);
    } catch (error) {
      if (items.length === 1) await this.fail(items[0]!, error, lanes);
      else await this.processHeads(items, error, lanes);
      return;
    }
    this.settle(items, lanes);
  }

  // One bad event must not take its batch down with it: the first of each lane is tried by itself, and what stands
  // behind it goes back to its lane. In an outage each would only wait for it in turn.
  private async processHeads(items: InHand[], error: unknown, lanes: AggregateLanes<InHand>): Promise<void> {
    for (const [head] of Map.groupBy(items, (item) => item.aggregateId).values()) {
      if (isOutage(error)) await this.fail(head!, error, lanes);
      else if (this.active) await this.process([head!], lanes);
    }
  }

  private async handle(items: InHand[]): Promise<void> {
    const { service, database } = this.around;
    const events = items.map((item) => item.event);
    const span = trace.getTracer('leadwire').startSpan(
      `consume ${this.spec.name}`,
      { kind: SpanKind.CONSUMER, attributes: { 'messaging.system': 'nats', 'messaging.batch.message_count': events.length, 'service.name': service } },
      events[0]!.trace,
    );
    try {
      await context.with(trace.setSpan(events[0]!.trace, span), async () => {
        const delivery = new Delivery(this.spec.name, events, service, database);
        await this.reaction.handle(delivery);
        delivery.assertCommitted();
      });
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: String(error) });
      throw error;
    } finally {
      span.end();
    }
  }

  private settle(items: InHand[], lanes: AggregateLanes<InHand>): void {
    for (const { message, event } of items) {
      this.acknowledge(message);
      this.around.metrics.handled(this.spec.name, event.type, event.occurredAt);
    }
    lanes.finish(items);
  }

  private async fail(item: InHand, error: unknown, lanes: AggregateLanes<InHand>): Promise<void> {
    const { logger, metrics, database } = this.around;
    const attempts = item.attempts + 1;
    const verdict = backOff(error, attempts, this.spec.backOff);
    metrics.retried(this.spec.name, item.event.type);
    const facts = { err: error, consumer: this.spec.name, eventId: item.event.id, eventType: item.event.type, attempts };
    if (verdict !== 'dead') {
      logger.warn(facts, 'consumer: attempt failed, backing off');
      if (verdict.counts) item.attempts = attempts;
      return lanes.backOff(item, Date.now() + verdict.retryInMs);
    }
    logger.error(facts, 'consumer: given up, kept as a dead letter');
    try {
      await buryEvent(database, this.spec.name, item.event, error, attempts);
    } catch (err) {
      logger.error({ ...facts, err }, 'consumer: the dead letter could not be kept, trying again');
      return lanes.backOff(item, Date.now() + 1_000);
    }
    metrics.dead(this.spec.name, item.event.type);
    this.acknowledge(item.message);
    lanes.finish([item]);
  }

  // What waits here, behind a lane that backs off, must not be redelivered to another.
  private holdMessages(): void {
    for (const item of this.lanes.items()) this.tell(() => item.message.working());
  }

  private acknowledge(message: JsMsg): void {
    this.tell(() => message.ack());
  }

  // A connection that is closed cannot be told; the effect is committed, and the redelivery will pass through the inbox.
  private tell(message: () => void): void {
    try {
      message();
    } catch (error) {
      this.around.logger.debug({ err: error, consumer: this.durable }, 'consumer: the bus could not be told');
    }
  }
}
