import type { JsMsg } from '@nats-io/jetstream';
import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { AggregateLanes } from './aggregate-lanes.js';
import { backOff, isOutage } from './back-off.js';
import type { ConsumerSpec, Reaction } from './consumer.decorator.js';
import type { ConsumerSurroundings } from './consumer-surroundings.js';
import { buryEvent } from './dead-letters.js';
import { Delivery } from './delivery.js';
import type { ReceivedEvent } from './received-event.js';

const DEFAULT_CONCURRENCY = 8;

/** An event in the hands of a subscription, with the message to acknowledge it by. */
export interface InHand {
  readonly event: ReceivedEvent;
  readonly message: JsMsg;
  readonly tenantId: string;
  readonly aggregateId: string;
  attempts: number;
}

/** The hands of a subscription, shared by its openings: what runs of a former one still takes its share. */
export interface Hands {
  readonly running: Set<Promise<void>>;
  /** Called when a hand is free again. */
  freed(): void;
}

/**
 * The work on what one opening of a durable delivered. Every opening has its own lanes, for all of it comes again: what
 * still runs of a former opening must not free a lane that now holds the same events.
 */
export class OpeningWork {
  private readonly lanes = new AggregateLanes<InHand>();
  private halted = false;
  private dispatching = false;
  private wake?: NodeJS.Timeout;

  constructor(
    private readonly spec: ConsumerSpec,
    private readonly reaction: Reaction,
    private readonly around: ConsumerSurroundings,
    private readonly hands: Hands,
  ) {}

  /** Takes an event into its lane. */
  add(item: InHand): void {
    this.lanes.add(item);
    // Once for all that one read of the socket brought: batches fill by themselves, and nothing waits for them to.
    if (this.dispatching) return;
    this.dispatching = true;
    queueMicrotask(() => this.dispatch());
  }

  /** Begins what can begin. */
  dispatch(): void {
    this.dispatching = false;
    const { running } = this.hands;
    while (!this.halted && running.size < (this.spec.concurrency ?? DEFAULT_CONCURRENCY)) {
      const items = this.lanes.take(this.spec.batch ?? 1, performance.now());
      if (items.length === 0) break;
      const run = this.process(items).finally(() => {
        running.delete(run);
        this.hands.freed();
      });
      running.add(run);
    }
    this.scheduleWake();
  }

  /** Begins nothing more; what runs goes on. */
  halt(): void {
    this.halted = true;
    clearTimeout(this.wake);
  }

  /** Halts, and forgets what waits: it will be delivered again. */
  drop(): void {
    this.halt();
    this.lanes.clear();
  }

  /** Keeps what waits here, behind a lane that backs off, from being redelivered to another. */
  holdMessages(): void {
    for (const item of this.lanes.items()) this.tell(() => item.message.working());
  }

  private scheduleWake(): void {
    clearTimeout(this.wake);
    const next = this.halted ? undefined : this.lanes.nextWake();
    if (next !== undefined) this.wake = setTimeout(() => this.dispatch(), Math.max(5, next - performance.now()));
  }

  private async process(items: InHand[]): Promise<void> {
    try {
      await this.handle(items);
    } catch (error) {
      if (items.length === 1) await this.fail(items[0]!, error);
      else await this.processParts(items, error);
      return;
    }
    this.settle(items);
  }

  // One bad event must not take its batch down with it: its half is halved again until it stands alone. A lane that is
  // cut goes on with what was done of it. In an outage each part would only wait for it in turn.
  private async processParts(items: InHand[], error: unknown): Promise<void> {
    const lanes = [...Map.groupBy(items, (item) => item.aggregateId).values()];
    if (isOutage(error)) for (const [head] of lanes) await this.fail(head!, error);
    else if (this.halted) return;
    else if (lanes.length === 1) await this.process([items[0]!]);
    else for (const half of halves(lanes)) await this.process(half.flat());
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
    for (const { message } of items) this.tell(() => message.ack());
    this.around.metrics.handled(this.spec.name, items.map((item) => item.event));
    this.lanes.finish(items);
  }

  private async fail(item: InHand, error: unknown): Promise<void> {
    const { logger, metrics } = this.around;
    const attempts = item.attempts + 1;
    const verdict = backOff(error, attempts, this.spec.backOff);
    metrics.retried(this.spec.name, item.event.type);
    if (verdict === 'dead') return this.giveUp(item, error, attempts);
    logger.warn({ ...this.factsOf(item, attempts), err: error }, 'consumer: attempt failed, backing off');
    if (verdict.counts) item.attempts = attempts;
    this.lanes.backOff(item, performance.now() + verdict.retryInMs);
  }

  private async giveUp(item: InHand, error: unknown, attempts: number): Promise<void> {
    const { logger, metrics, database } = this.around;
    const facts = this.factsOf(item, attempts);
    logger.error({ ...facts, err: error }, 'consumer: given up, kept as a dead letter');
    try {
      await buryEvent(database, this.spec.name, item.event, error, attempts);
    } catch (err) {
      logger.error({ ...facts, err }, 'consumer: the dead letter could not be kept, trying again');
      return this.lanes.backOff(item, performance.now() + 1_000);
    }
    metrics.dead(this.spec.name, item.event.type);
    this.tell(() => item.message.ack());
    this.lanes.finish([item]);
  }

  private factsOf({ event }: InHand, attempts: number): object {
    return { consumer: this.spec.name, eventId: event.id, eventType: event.type, attempts };
  }

  // A connection that is closed cannot be told; the effect is committed, and the redelivery will pass through the inbox.
  private tell(message: () => void): void {
    try {
      message();
    } catch (error) {
      this.around.logger.debug({ err: error, consumer: this.spec.name }, 'consumer: the bus could not be told');
    }
  }
}

function halves<T>(all: T[]): T[][] {
  const middle = Math.ceil(all.length / 2);
  return [all.slice(0, middle), all.slice(middle)];
}
