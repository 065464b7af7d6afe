const SIZE = 10_000;

/** Remembers so many values, each until its time; the oldest goes first. */
export class ExpiringCache<T> {
  private readonly entries = new Map<string, { readonly value: T; readonly until: number }>();

  get(key: string): T | undefined {
    const entry = this.entries.get(key);
    if (entry && entry.until > Date.now()) return entry.value;
    if (entry) this.entries.delete(key);
    return undefined;
  }

  /** `until` in ms since the epoch. */
  set(key: string, value: T, until: number): void {
    if (this.entries.size >= SIZE) this.entries.delete(this.entries.keys().next().value!);
    this.entries.set(key, { value, until });
  }
}
