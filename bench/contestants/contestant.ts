import type { BenchEvent } from '../servers/bench-event.js';
import type { BenchStream } from '../servers/bench-stream.js';
import type { World } from '../servers/world.js';

/** One way to get committed events from PostgreSQL to JetStream. */
export interface Contestant {
  /** By which `--only` names it. */
  readonly key: string;
  readonly name: string;
  /** Yardstick, ceiling, product or peer. */
  readonly kind: 'bare' | 'ceiling' | 'leadwire' | 'peer';
  /** As it comes: bound by its polling, hence left out of quick runs. */
  readonly untuned?: boolean;
  /** Whether it promises that an aggregate's events arrive in the order of their commits. */
  readonly claimsOrder: boolean;
  /** In a line: how it is set. */
  readonly settings: string;
  /** No more than this many events to drain, so that a slow one ends in reasonable time. */
  readonly mostEvents?: number;
  /** What it can keep up with, where that is below the rate asked for; 0: it has no part in the latency bench. */
  readonly mostPerSecond?: number;
  /** Why it cannot take part here, or undefined. */
  absence?(world: World): Promise<string | undefined>;
  /** Makes its tables and its stream anew and connects. Nothing runs yet. */
  open(world: World): Promise<Lane>;
}

/** A contestant at work on one round. */
export interface Lane {
  /** Where its events arrive; undefined for a ceiling that publishes nothing. */
  readonly stream?: BenchStream;
  /** Commits events, in order, before anything is measured. */
  fill(events: readonly BenchEvent[]): Promise<void>;
  /** Commits one event in a transaction of its own. */
  write(event: BenchEvent): Promise<void>;
  /** Begins to drain. */
  start(): Promise<void>;
  /** Committed events that it does not yet know to be published. */
  pending(): Promise<number>;
  /** Handles events with a consumer of its own; without it the bare consumer does. */
  consume?(handled: (aggregate: string, n: number) => void): Promise<void>;
  close(): Promise<void>;
}
