/** Counts work under way, so that a drain can wait for its end. */
export class PendingCalls {
  private readonly pending = new Set<Promise<unknown>>();

  track<T>(work: Promise<T>): Promise<T> {
    const entry = work.catch(() => undefined).finally(() => this.pending.delete(entry));
    this.pending.add(entry);
    return work;
  }

  get count(): number {
    return this.pending.size;
  }

  /** Resolves when nothing is under way any more. */
  async settled(): Promise<void> {
    while (this.pending.size > 0) await Promise.all(this.pending);
  }
}
