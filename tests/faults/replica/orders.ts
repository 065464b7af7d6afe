/** How a library part is broken on purpose, to see whether the model notices. */
export const BREAKS = ['fence', 'inbox', 'order'] as const;
export type Break = (typeof BREAKS)[number];

/** What a replica process is started with. */
export interface ReplicaOrders {
  readonly name: string;
  readonly seed: number;
  readonly namespace: string;
  readonly natsUrl: string;
  readonly databaseUrl: string;
  readonly tenants: readonly string[];
  /** Aggregates that many events are about. */
  readonly busy: readonly string[];
  /** The tenant whose events the consumer `throwing` refuses while `throwing` is set. */
  readonly refusedTenant: string;
  /** The stream forgets an event's id at once, as if every outage were longer than its window. */
  readonly windowShort: boolean;
  readonly broken?: Break;
}

/** What may change while a replica runs. */
export interface Conditions {
  readonly writing: boolean;
  readonly throwing: boolean;
  /** Milliseconds that this process's clock stands before or behind the true one. */
  readonly clockMs: number;
}

/** What the conductor tells a replica. */
export type ToReplica = { start: ReplicaOrders; conditions: Conditions } | { conditions: Conditions } | { stop: true };

/** What a replica tells: that it has come up, and that what it wrote last has ended. */
export type FromReplica = 'started' | 'quiet';
