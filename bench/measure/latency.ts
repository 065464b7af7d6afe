import { BareConsumer } from '../contestants/bare-consumer.js';
import type { Contestant, Lane } from '../contestants/contestant.js';
import { EventSource, keyOf, payloadOf } from '../servers/bench-event.js';
import type { World } from '../servers/world.js';

const WARM_UP_MS = 1_000;
const LAST_HANDLED_MS = 60_000;

/** At which rate, for how long, over how many aggregates. */
export interface Pace {
  readonly rate: number;
  readonly seconds: number;
  readonly aggregates: number;
}

/** What a round of waiting came to. */
export interface Waits {
  /** From the commit's answer to the effect's commit, ms, ascending. */
  readonly waits: readonly number[];
  readonly committed: number;
  /** Events handled after a later one of their aggregate. */
  readonly disordered: number;
  readonly perSecond: number;
}

/** Commits events at a steady rate and tells how long each took until its effect was committed. */
export async function measureLatency(contestant: Contestant, world: World, pace: Pace): Promise<Waits> {
  const lane = await contestant.open(world);
  const clock = new EventClock();
  let consumer: BareConsumer | undefined;
  try {
    await lane.start();
    if (lane.consume) await lane.consume(clock.handled);
    else consumer = await BareConsumer.start(world, lane.stream!.name, clock.handled);
    const source = new EventSource(pace.aggregates);
    await commitAtRate(lane, clock, source, Math.ceil((pace.rate * WARM_UP_MS) / 1000), pace.rate);
    await clock.allHandled(LAST_HANDLED_MS);
    clock.forgetWarmUp();
    const began = performance.now();
    await commitAtRate(lane, clock, source, Math.ceil(pace.rate * pace.seconds), pace.rate);
    const took = performance.now() - began;
    await clock.allHandled(LAST_HANDLED_MS);
    return { ...clock.result(), perSecond: (1000 * clock.committed) / took };
  } finally {
    await consumer?.stop();
    await lane.close();
  }
}

// Open loop: an event is due when it is due, however long the former ones take; what is late is made up for.
async function commitAtRate(lane: Lane, clock: EventClock, source: EventSource, count: number, rate: number): Promise<void> {
  const writes: Promise<void>[] = [];
  const began = performance.now();
  while (writes.length < count) {
    const due = Math.min(count, 1 + Math.floor(((performance.now() - began) * rate) / 1000));
    while (writes.length < due) writes.push(commitOne(lane, clock, source));
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(writes);
}

async function commitOne(lane: Lane, clock: EventClock, source: EventSource): Promise<void> {
  const event = source.next();
  await lane.write(event);
  clock.wasCommitted(keyOf(payloadOf(event)));
}

/** Both ends of every event, by one clock: writer and handler are one process. */
class EventClock {
  committed = 0;
  private readonly commits = new Map<string, number>();
  private readonly effects = new Map<string, number>();
  private readonly last = new Map<string, number>();
  private disordered = 0;

  wasCommitted(key: string): void {
    this.committed++;
    this.commits.set(key, performance.now());
  }

  readonly handled = (aggregate: string, n: number): void => {
    const before = this.last.get(aggregate) ?? 0;
    if (n < before) this.disordered++;
    this.last.set(aggregate, Math.max(n, before));
    this.effects.set(`${aggregate}/${n}`, performance.now());
  };

  async allHandled(deadlineMs: number): Promise<void> {
    const deadline = performance.now() + deadlineMs;
    while (this.effects.size < this.commits.size) {
      if (performance.now() > deadline) throw new Error(`${this.commits.size - this.effects.size} events were committed and never handled`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  forgetWarmUp(): void {
    this.committed = 0;
    this.commits.clear();
    this.effects.clear();
  }

  // An effect may be there before the writer has read the answer to its commit: no wait at all.
  result(): Omit<Waits, 'perSecond'> {
    const waits = [...this.commits].map(([key, at]) => Math.max(0, this.effects.get(key)! - at));
    return { waits: waits.toSorted((a, b) => a - b), committed: this.committed, disordered: this.disordered };
  }
}
