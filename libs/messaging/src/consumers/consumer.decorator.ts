import type { DomainEvent } from '#leadwire/contracts';
import { SetMetadata } from '@nestjs/common';
import type { Delivery } from './delivery.js';

/** How a consumer is declared. */
export interface ConsumerSpec {
  /** Stable: names the durable on the stream and the rows of the inbox. */
  readonly name: string;
  /** The events it reacts to. Those of one aggregate type arrive in the aggregate's order. */
  readonly events: readonly DomainEvent<never>[];
  /** Events of one tenant handed over together at most; 1 unless told. */
  readonly batch?: number;
  /** Batches in hand at once, of different aggregates; 8 unless told. */
  readonly concurrency?: number;
  /** Waits between attempts in milliseconds; after the last the event becomes a dead letter. */
  readonly backOff?: readonly number[];
  /** Its effects leave the house (mails, calls, charges): a replay does not run it unless asked to. */
  readonly outward?: boolean;
}

/** A reaction to events: works through `delivery.transaction`, once per delivery. */
export interface Reaction {
  handle(delivery: Delivery): Promise<void>;
}

export const CONSUMER = Symbol('leadwire:consumer');

/** Marks a provider as the reaction to events: `@Consumer({ name: 'score-on-call-analyzed', events: [callAnalyzed] })`. */
export function Consumer(spec: Omit<ConsumerSpec, 'events'> & { events: readonly DomainEvent<any>[] }): ClassDecorator {
  return SetMetadata(CONSUMER, spec);
}
