/** What a lane holds: something that belongs to an aggregate of a tenant. */
export interface LaneItem {
  readonly tenantId: string;
  readonly aggregateId: string;
  /** Failed attempts; one that failed before is taken by itself, so that it takes no batch down with it. */
  readonly attempts: number;
}

interface Lane<T> {
  readonly key: string;
  readonly tenantId: string;
  readonly items: T[];
  /** Its first items are in hand, or it rests. */
  free: boolean;
  /** Not before this time: it backs off, and the items behind it wait with it. */
  notBefore: number;
}

/**
 * Items in arrival order, one lane an aggregate. A lane is in one pair of hands at a time, so order per aggregate holds
 * under any concurrency, and a lane that backs off holds up nobody else. Tenants take turns. No step looks at lanes it
 * does not take, but for the few that rest. Times are of one clock of the caller's, a monotonic one.
 */
export class AggregateLanes<T extends LaneItem> {
  private readonly lanes = new Map<string, Lane<T>>();
  /** Free lanes by tenant, each in the order in which they became free: the first tenant's turn is next. */
  private readonly ready = new Map<string, Set<Lane<T>>>();
  /** Free lanes whose first item failed before. */
  private readonly retries = new Set<Lane<T>>();
  private readonly resting = new Set<Lane<T>>();
  private firstWake = Infinity;
  private retryNext = true;
  private count = 0;

  get size(): number {
    return this.count;
  }

  /** Every item not yet finished. */
  *items(): Generator<T> {
    for (const lane of this.lanes.values()) yield* lane.items;
  }

  add(item: T): void {
    this.count++;
    const key = laneKey(item);
    const lane = this.lanes.get(key);
    if (lane) return void lane.items.push(item);
    const made = { key, tenantId: item.tenantId, items: [item], free: false, notBefore: 0 };
    this.lanes.set(key, made);
    this.free(made);
  }

  /** The next items of one tenant, at most `max`, from lanes that are free; their lanes are busy until given back. */
  take(max: number, now: number): T[] {
    this.wakeAll(now);
    const [retry] = this.retries;
    // Retries and first attempts take turns: neither can starve the other.
    this.retryNext = !this.retryNext || this.ready.size === 0;
    if (retry && this.retryNext) return this.takeFrom(retry, 1);
    const [tenant] = this.ready;
    return tenant ? this.takeOf(...tenant, max) : [];
  }

  /** Finished items leave, in the order in which they stood; their lanes are free again. */
  finish(items: T[]): void {
    for (let from = 0, to = 0; from < items.length; from = to) {
      const key = laneKey(items[from]!);
      while (to < items.length && laneKey(items[to]!) === key) to++;
      this.finishFirst(key, to - from);
    }
  }

  /** An item that failed stays at the head of its lane, which rests until `notBefore`. */
  backOff(item: T, notBefore: number): void {
    const lane = this.lanes.get(laneKey(item));
    if (!lane) return;
    lane.notBefore = notBefore;
    this.resting.add(lane);
    this.firstWake = Math.min(this.firstWake, notBefore);
  }

  /** When the next resting lane wakes, or undefined when none rests. */
  nextWake(): number | undefined {
    return this.resting.size > 0 ? this.firstWake : undefined;
  }

  /** Takes a lane out, whoever has it in hand: answers its items in order. */
  remove(item: LaneItem): T[] {
    const lane = this.lanes.get(laneKey(item));
    if (!lane) return [];
    this.unqueue(lane);
    this.resting.delete(lane);
    this.lanes.delete(lane.key);
    this.count -= lane.items.length;
    return lane.items;
  }

  /** How many items an aggregate has. */
  lengthOf(item: Pick<LaneItem, 'tenantId' | 'aggregateId'>): number {
    return this.lanes.get(laneKey(item))?.items.length ?? 0;
  }

  clear(): void {
    for (const part of [this.lanes, this.ready, this.retries, this.resting]) part.clear();
    this.count = 0;
  }

  private takeOf(tenantId: string, lanes: Set<Lane<T>>, max: number): T[] {
    const taken: T[] = [];
    for (const lane of lanes) {
      if (taken.length >= max) break;
      taken.push(...this.takeFrom(lane, max - taken.length));
    }
    if (this.ready.delete(tenantId) && lanes.size > 0) this.ready.set(tenantId, lanes);
    return taken;
  }

  private takeFrom(lane: Lane<T>, max: number): T[] {
    this.unqueue(lane);
    return lane.items.slice(0, max);
  }

  private finishFirst(key: string, count: number): void {
    const lane = this.lanes.get(key);
    if (!lane) return;
    lane.items.splice(0, count);
    this.count -= count;
    if (lane.items.length > 0) this.free(lane);
    else this.lanes.delete(key);
  }

  private free(lane: Lane<T>): void {
    lane.free = true;
    if (lane.items[0]!.attempts > 0) return void this.retries.add(lane);
    const lanes = this.ready.get(lane.tenantId);
    if (lanes) lanes.add(lane);
    else this.ready.set(lane.tenantId, new Set([lane]));
  }

  private unqueue(lane: Lane<T>): void {
    if (!lane.free) return;
    lane.free = false;
    this.retries.delete(lane);
    const lanes = this.ready.get(lane.tenantId);
    if (lanes?.delete(lane) && lanes.size === 0) this.ready.delete(lane.tenantId);
  }

  private wakeAll(now: number): void {
    if (this.firstWake > now) return;
    this.firstWake = Infinity;
    for (const lane of this.resting) {
      if (lane.notBefore > now) this.firstWake = Math.min(this.firstWake, lane.notBefore);
      else if (this.resting.delete(lane)) this.free(lane);
    }
  }
}

/** Names the lane of an item. The tenant is part of it: what two tenants call by the same id must never share a lane, hence a transaction. */
export function laneKey(item: Pick<LaneItem, 'tenantId' | 'aggregateId'>): string {
  return `${item.tenantId}/${item.aggregateId}`;
}
