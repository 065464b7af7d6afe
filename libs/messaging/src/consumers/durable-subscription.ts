import { AckPolicy, DeliverPolicy, jetstream, jetstreamManager, type ConsumerMessages, type JsMsg } from '@nats-io/jetstream';
import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { streamOf } from '../streams/event-stream.js';
import { AggregateLanes } from './aggregate-lanes.js';
import { backOff } from './back-off.js';
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
  private readonly lanes = new AggregateLanes<InHand>();
  private readonly wanted: Set<string>;
  private readonly running = new Set<Promise<void>>();
  private messages?: ConsumerMessages;
  private active = false;
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
    if (this.active) return;
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

  /** Stops reading, finishes what runs. */
  async stop(): Promise<void> {
    this.active = false;
    this.messages?.stop();
    await Promise.allSettled(this.running);
    this.pause();
    await this.reading;
  }

  private async read(): Promise<void> {
    while (this.active) {
      try {
        await this.ensureDurable();
        const consumer = await jetstream(this.around.bus.connection).consumers.get(this.stream, this.durableName);
        this.messages = await consumer.consume({ max_messages: MAX_IN_HAND, expires: 5_000 });
        for await (const message of this.messages) this.receive(message);
      } catch (error) {
        if (this.active) this.around.logger.warn({ err: error, consumer: this.durable }, 'consumer: reading failed, trying again');
      }
      if (this.active) await new Promise((resolve) => setTimeout(resolve, REOPEN_PAUSE_MS));
    }
  }

  // The server would redeliver what a dead holder left un-acknowledged only after the ack wait, behind newer events of
  // the same aggregates. So a new holder starts again right after the last gapless acknowledgement: everything comes in
  // stream order, and the inbox lets pass what was handled. A crash between delete and add starts from the beginning,
  // which is slow and right.
  private async ensureDurable(): Promise<void> {
    const jsm = await jetstreamManager(this.around.bus.connection);
    const existing = await jsm.consumers.info(this.stream, this.durableName).catch(() => undefined);
    if (existing?.num_ack_pending === 0) return;
    if (existing) await jsm.consumers.delete(this.stream, this.durableName);
    await jsm.consumers.add(this.stream, {
      durable_name: this.durableName,
      ack_policy: AckPolicy.Explicit,
      ack_wait: ACK_WAIT_MS * 1_000_000,
      ...(existing
        ? { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: existing.ack_floor.stream_seq + 1 }
        : { deliver_policy: DeliverPolicy.All }),
      filter_subject: this.around.bus.subject(this.source.filter),
      max_ack_pending: MAX_IN_HAND * 2,
      max_deliver: -1,
    });
  }

  private get stream(): string {
    return streamOf(this.around.bus, this.source.service);
  }

  private get durableName(): string {
    return this.around.bus.streamName(this.durable);
  }

  private receive(message: JsMsg): void {
    if (!this.active) return;
    let event: ReceivedEvent;
    try {
      event = readEvent(message);
    } catch (error) {
      this.around.logger.error({ err: error, consumer: this.durable }, 'consumer: not an event, terminated');
      message.term();
      return;
    }
    if (!this.wanted.has(event.type)) return message.ack();
    const { tenantId, aggregateId } = event;
    this.lanes.add({ event, message, tenantId, aggregateId, attempts: message.info.deliveryCount - 1 });
    this.dispatch();
  }

  private dispatch(): void {
    while (this.active && this.running.size < (this.spec.concurrency ?? 8)) {
      const items = this.lanes.take(this.spec.batch ?? 1, Date.now());
      if (items.length === 0) break;
      const run = this.process(items).finally(() => {
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

  private async process(items: InHand[]): Promise<void> {
    try {
      await this.handle(items);
      this.settle(items);
    } catch (error) {
      if (items.length === 1) await this.fail(items[0]!, error);
      else await this.processHeads(items);
    }
  }

  // One bad event must not take its batch down with it: the first of each lane is tried by itself, and what stands
  // behind it goes back to its lane.
  private async processHeads(items: InHand[]): Promise<void> {
    for (const [head] of Map.groupBy(items, (item) => item.aggregateId).values()) {
      try {
        await this.handle([head!]);
      } catch (error) {
        await this.fail(head!, error);
        continue;
      }
      this.settle([head!]);
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

  private settle(items: InHand[]): void {
    for (const { message, event } of items) {
      message.ack();
      this.around.metrics.handled(this.spec.name, event.type, event.occurredAt);
    }
    this.lanes.finish(items);
  }

  private async fail(item: InHand, error: unknown): Promise<void> {
    const { logger, metrics, database } = this.around;
    const attempts = item.attempts + 1;
    const verdict = backOff(error, attempts, this.spec.backOff);
    metrics.retried(this.spec.name, item.event.type);
    const facts = { err: error, consumer: this.spec.name, eventId: item.event.id, eventType: item.event.type, attempts };
    if (verdict !== 'dead') {
      logger.warn(facts, 'consumer: attempt failed, backing off');
      if (verdict.counts) item.attempts = attempts;
      return this.lanes.backOff(item.aggregateId, Date.now() + verdict.retryInMs);
    }
    logger.error(facts, 'consumer: given up, kept as a dead letter');
    try {
      await buryEvent(database, this.spec.name, item.event, error, attempts);
    } catch {
      return this.lanes.backOff(item.aggregateId, Date.now() + 1_000);
    }
    metrics.dead(this.spec.name, item.event.type);
    item.message.ack();
    this.lanes.finish([item]);
  }

  // What waits here, behind a lane that backs off, must not be redelivered to another.
  private holdMessages(): void {
    for (const item of this.lanes.items()) item.message.working();
  }
}
