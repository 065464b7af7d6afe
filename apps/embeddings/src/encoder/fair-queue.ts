/** A bounded queue of batches that hands out one item of each batch in turn: a short call never waits for a long one. */
export class FairQueue<T> {
  private lanes: { items: T[]; next: number }[] = [];
  private turn = 0;
  private waiting = 0;

  constructor(readonly limit: number) {}

  get size(): number {
    return this.waiting;
  }

  /** All of the batch or nothing of it: false when it does not fit. */
  add(batch: T[]): boolean {
    if (this.waiting + batch.length > this.limit) return false;
    if (batch.length > 0) this.lanes.push({ items: batch, next: 0 });
    this.waiting += batch.length;
    return true;
  }

  take(): T | undefined {
    if (this.turn >= this.lanes.length) this.turn = 0;
    const lane = this.lanes[this.turn];
    if (!lane) return undefined;
    const item = lane.items[lane.next++];
    if (lane.next === lane.items.length) this.lanes.splice(this.turn, 1);
    else this.turn++;
    this.waiting--;
    return item;
  }

  drain(): T[] {
    const rest = this.lanes.flatMap((lane) => lane.items.slice(lane.next));
    this.lanes = [];
    this.waiting = 0;
    return rest;
  }
}
