/** One part of a service that has to be started and stopped. */
export interface LifecyclePart {
  readonly name: string;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts parts in the order they were added and stops them in the reverse: what produces work is added last, so it
 * stops first and what it needs is still there.
 */
export class Lifecycle {
  private readonly parts: LifecyclePart[] = [];
  private readonly started: LifecyclePart[] = [];

  /** Adds a part; a service adds its workers in `onModuleInit`. */
  add(part: LifecyclePart): void {
    this.parts.push(part);
  }

  async start(): Promise<void> {
    for (const part of this.parts) {
      await part.start();
      this.started.push(part);
    }
  }

  /** Stops every part, also when one of them fails to; throws the failures afterwards. */
  async stop(): Promise<void> {
    const failures: unknown[] = [];
    for (const part of this.started.splice(0).reverse()) {
      await part.stop().catch((error: unknown) => failures.push(new Error(`${part.name} did not stop`, { cause: error })));
    }
    if (failures.length > 0) throw new AggregateError(failures, failures.map(String).join('; '));
  }
}
