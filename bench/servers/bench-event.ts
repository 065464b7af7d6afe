import { newId } from '#leadwire/kernel';

/** An event every contestant is given: the nth of its aggregate. */
export interface BenchEvent {
  readonly id: string;
  readonly aggregateId: string;
  /** Counts the aggregate's events from 1, in the order of their commits. */
  readonly n: number;
}

/** What an event carries, the same for every contestant: 200 bytes or so. */
export interface BenchPayload {
  aggregate: string;
  n: number;
  note: string;
}

const NOTE = 'A lead has moved to another stage, by a rule and not by hand; who told it is in the audit trail.';

/** The payload of an event. */
export function payloadOf(event: BenchEvent): BenchPayload {
  return { aggregate: event.aggregateId, n: event.n, note: NOTE };
}

/** What names an event wherever it shows up again. */
export function keyOf({ aggregate, n }: BenchPayload): string {
  return `${aggregate}/${n}`;
}

/** Makes events of a number of aggregates in turn, for ever. */
export class EventSource {
  private readonly aggregates: string[];
  private told = 0;

  constructor(aggregates: number) {
    this.aggregates = Array.from({ length: aggregates }, newId);
  }

  next(): BenchEvent {
    const turn = this.told++;
    const { length } = this.aggregates;
    return { id: newId(), aggregateId: this.aggregates[turn % length]!, n: Math.floor(turn / length) + 1 };
  }

  take(count: number): BenchEvent[] {
    return Array.from({ length: count }, () => this.next());
  }
}

/** Cuts a list into pieces of at most `size`. */
export function pieces<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}
