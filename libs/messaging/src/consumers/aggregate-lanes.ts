/** What a lane holds: something that belongs to an aggregate of a tenant. */
export interface LaneItem {
  readonly tenantId: string;
  readonly aggregateId: string;
  /** Failed attempts; one that failed before is taken by itself, so that it takes no batch down with it. */
  readonly attempts: number;
}

interface Lane<T> {
  readonly items: T[];
  /** Its first items are in hand. */
  busy: boolean;
  /** Not before this time (ms since epoch): it backs off, and the items behind it wait with it. */
  notBefore: number;
}

/**
 * Items in arrival order, one lane an aggregate. A lane is in one pair of hands at a time, so order per aggregate holds
 * under any concurrency, and a lane that backs off holds up nobody else.
 */
export class AggregateLanes<T extends LaneItem> {
  // Insertion order is arrival order of each lane's first item: the oldest lane is served first.
  private readonly lanes = new Map<string, Lane<T>>();

  get size(): number {
    let total = 0;
    for (const lane of this.lanes.values()) total += lane.items.length;
    return total;
  }

  /** Every item not yet finished. */
  *items(): Generator<T> {
    for (const lane of this.lanes.values()) yield* lane.items;
  }

  add(item: T): void {
    const key = laneOf(item);
    const lane = this.lanes.get(key);
    if (lane) lane.items.push(item);
    else this.lanes.set(key, { items: [item], busy: false, notBefore: 0 });
  }

  /** The next items of one tenant, at most `max`, from lanes that are free; their lanes are busy until given back. */
  take(max: number, now: number): T[] {
    const taken: T[] = [];
    for (const lane of this.lanes.values()) {
      if (taken.length >= max) break;
      const first = lane.items[0]!;
      if (lane.busy || lane.notBefore > now) continue;
      if (taken.length > 0 && (taken[0]!.tenantId !== first.tenantId || first.attempts > 0)) continue;
      lane.busy = true;
      if (first.attempts > 0) return [first];
      taken.push(...lane.items.slice(0, max - taken.length));
    }
    return taken;
  }

  /** Finished items leave; their lanes are free again. */
  finish(items: T[]): void {
    const done = new Set(items);
    for (const key of new Set(items.map(laneOf))) {
      const lane = this.lanes.get(key);
      if (!lane) continue;
      const rest = lane.items.filter((item) => !done.has(item));
      this.lanes.delete(key);
      if (rest.length > 0) this.lanes.set(key, { items: rest, busy: false, notBefore: 0 });
    }
  }

  /** An item that failed stays at the head of its lane, which rests until `notBefore`. */
  backOff(item: T, notBefore: number): void {
    const lane = this.lanes.get(laneOf(item));
    if (lane) Object.assign(lane, { busy: false, notBefore });
  }

  /** When the next resting lane wakes, or undefined when none rests. */
  nextWake(): number | undefined {
    let next: number | undefined;
    for (const lane of this.lanes.values()) {
      if (!lane.busy && lane.notBefore > 0 && (next === undefined || lane.notBefore < next)) next = lane.notBefore;
    }
    return next;
  }

  clear(): void {
    this.lanes.clear();
  }
}

// The tenant is part of it: what two tenants call by the same id must never share a lane, hence a transaction.
function laneOf(item: LaneItem): string {
  return `${item.tenantId}/${item.aggregateId}`;
}
