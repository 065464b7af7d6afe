import type { DomainEvent } from '#leadwire/contracts';
import { AggregateLanes, type LaneItem } from './aggregate-lanes.js';
import { backOff, isOutage } from './back-off.js';
import type { ConsumerSpec, Reaction } from './consumer.decorator.js';
import type { ConsumerSurroundings } from './consumer-surroundings.js';
import { buryEvent } from './dead-letters/bury-event.js';
import { MAX_IN_HAND } from './durable.js';
import { errorText } from './error-text.js';
import { handleEvents } from './handle-events.js';
import { fromParked, type InHand } from './in-hand.js';
import type { ParkedEvent } from './parking/parked-event.js';
import { ParkedEvents } from './parking/parked-events.js';
import { Parking } from './parking/parking.js';
import { wantedByType } from './understand-event.js';

const DEFAULT_CONCURRENCY = 8;
// An aggregate that has so many events in memory would soon leave no room for others: it is parked, all of it. Were its
// first left on the stream and its last in the table, the next holder would take the last for the older ones.
const LONGEST_LANE = MAX_IN_HAND / 2;
// An outage is waited for in memory; one that goes on for so many attempts while memory fills is waited for in the table.
const PATIENT_OUTAGES = 5;
const CROWDED = (MAX_IN_HAND * 3) / 4;
const PARKED_OUTAGE_MS = 5_000;
const BURY_AGAIN_MS = 1_000;

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
  readonly parking: Parking;
  private readonly lanes = new AggregateLanes<InHand>();
  /** What the table keeps only when its write has committed. */
  private readonly unkept = new Set<InHand>();
  private readonly wanted: ReadonlyMap<string, DomainEvent<any>>;
  private halted = false;
  private dispatching = false;
  private wake?: NodeJS.Timeout;

  constructor(
    private readonly durable: string,
    private readonly spec: ConsumerSpec,
    private readonly reaction: Reaction,
    private readonly around: ConsumerSurroundings,
    private readonly hands: Hands,
  ) {
    this.wanted = wantedByType(spec.events);
    const events = new ParkedEvents(durable, spec.name, around.database);
    const unpark = (parked: ParkedEvent[]): void => {
      for (const each of parked) this.enter(fromParked(each, this.wanted.get(each.event.type)));
    };
    this.parking = new Parking(events, { unpark, holds: (key) => this.lanes.lengthOf(key) > 0 }, around.logger);
  }

  /** Takes an event of the stream into its lane, or behind those of its aggregate that are parked. */
  add(item: InHand): void {
    if (this.parking.has(item)) this.park([item], 0);
    else this.enter(item);
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
    this.unkept.clear();
    this.parking.close();
  }

  /** Keeps what waits here from being redelivered to another. */
  holdMessages(): void {
    for (const item of this.lanes.items()) this.tell(() => item.message?.working());
    for (const item of this.unkept) this.tell(() => item.message?.working());
  }

  private enter(item: InHand): void {
    this.lanes.add(item);
    // Once for all that one read of the socket brought: batches fill by themselves, and nothing waits for them to.
    if (this.dispatching) return;
    this.dispatching = true;
    queueMicrotask(() => this.dispatch());
  }

  private scheduleWake(): void {
    clearTimeout(this.wake);
    const next = this.halted ? undefined : this.lanes.nextWake();
    if (next !== undefined) this.wake = setTimeout(() => this.dispatch(), Math.max(5, next - performance.now()));
  }

  private async process(items: InHand[]): Promise<void> {
    try {
      const refused = items.find((item) => item.fault);
      if (refused) throw refused.fault;
      await handleEvents(this.spec, this.reaction, items.map((item) => item.event), this.around);
    } catch (error) {
      if (items.length === 1) await this.fail(items[0]!, error);
      else await this.processParts(items, error);
      return;
    }
    this.around.metrics.handled(this.spec.name, items.map((item) => item.event));
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

  private settle(items: InHand[], buried = false): void {
    const parked = items.flatMap((item) => item.parked ?? []);
    for (const { message } of items) this.tell(() => message?.ack());
    this.lanes.finish(items);
    for (const item of items) if (this.lanes.lengthOf(item) >= LONGEST_LANE) this.park(this.lanes.remove(item), 0);
    if (parked.length > 0) this.parking.finish(buried ? parked.map((each) => ({ ...each, retried: false })) : parked);
  }

  private async fail(item: InHand, error: unknown): Promise<void> {
    const { logger, metrics } = this.around;
    const attempts = item.attempts + 1;
    const verdict = backOff(error, attempts, this.spec.backOff);
    metrics.retried(this.spec.name, item.event.type);
    if (verdict === 'dead') return this.giveUp(item, error, attempts);
    logger.warn({ ...this.factsOf(item, attempts), err: error }, 'consumer: attempt failed, backing off');
    if (verdict.counts) item.attempts = attempts;
    else item.outages++;
    if (item.parked) this.parkAgain(item, error, verdict.counts ? verdict.retryInMs : PARKED_OUTAGE_MS);
    else if (verdict.counts || this.outageLasts(item)) this.park(this.lanes.remove(item), verdict.retryInMs, error);
    else this.lanes.backOff(item, performance.now() + verdict.retryInMs);
  }

  private outageLasts(item: InHand): boolean {
    return item.outages >= PATIENT_OUTAGES && (this.lanes.size > CROWDED || this.lanes.lengthOf(item) >= LONGEST_LANE);
  }

  // Dropped in the meantime: the lane was cleared, and its events come again.
  private park(items: InHand[], retryInMs: number, error?: unknown): void {
    for (const item of items) {
      if (item.parked) {
        this.parking.putBack(item);
        continue;
      }
      this.unkept.add(item);
      const [text, wait] = item === items[0] && error !== undefined ? [errorText(error), retryInMs] : [null, 0];
      this.parking.append({ event: item.event, attempts: item.attempts, error: text, retryInMs: wait, kept: () => this.kept(item) });
    }
  }

  private kept(item: InHand): void {
    this.unkept.delete(item);
    this.tell(() => item.message?.ack());
  }

  // Those taken with it stand in the table behind it.
  private parkAgain(item: InHand, error: unknown, retryInMs: number): void {
    if (this.lanes.remove(item).length === 0) return;
    this.parking.failAgain({ parked: item.parked!, attempts: item.attempts, error: errorText(error), retryInMs });
  }

  private async giveUp(item: InHand, error: unknown, attempts: number): Promise<void> {
    const { logger, metrics, database } = this.around;
    const facts = this.factsOf(item, attempts);
    logger.error({ ...facts, err: error }, 'consumer: given up, kept as a dead letter');
    try {
      await buryEvent(database, item.event, { lane: this.durable, consumer: this.spec.name, error, attempts });
    } catch (err) {
      logger.error({ ...facts, err }, 'consumer: the dead letter could not be kept, trying again');
      return this.lanes.backOff(item, performance.now() + BURY_AGAIN_MS);
    }
    metrics.dead(this.spec.name, item.event.type);
    this.settle([item], true);
  }

  private factsOf({ event }: LaneItem & { event: InHand['event'] }, attempts: number): object {
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
