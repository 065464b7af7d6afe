/** What a process of the platform does on the bus. Everything it may do follows from this. */
export interface ServiceNeeds {
  /** Answers operations and publishes events, as every service does; the gateway does neither. */
  readonly service: boolean;
  /** Operations it calls: `leads.select-segment`. */
  readonly calls: readonly string[];
  /** Durables it reads, each of one aggregate's events. */
  readonly reads: readonly DurableNeed[];
  /** Stores request bodies in the object store, or reads and removes them there. */
  readonly uploads?: 'stores' | 'reads';
}

/** A consumer's part of a stream. */
export interface DurableNeed {
  readonly consumer: string;
  readonly source: string;
  readonly aggregate: string;
}

/** By the name of the process. */
export type Needs = Readonly<Record<string, ServiceNeeds>>;

/** The one process that is no service: it turns HTTP into calls. */
export const GATEWAY = 'gateway';

/** Who calls operations of a service, and so is answered by it. */
export function callersOf(needs: Needs, service: string): string[] {
  return Object.keys(needs).filter((name) => needs[name]!.calls.some((operation) => operation.startsWith(`${service}.`)));
}
