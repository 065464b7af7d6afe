import { extractTrace } from '#leadwire/bus';
import type { DomainEvent } from '#leadwire/contracts';
import { headers } from '@nats-io/transport-node';
import type { Context } from '@opentelemetry/api';

/** What of an event's headers continues its trace. */
export type TraceFields = Readonly<Record<string, string>>;

/** An event as a consumer gets it. */
export class ReceivedEvent<P extends object = object> {
  constructor(
    readonly id: string,
    readonly type: string,
    /** The version that the payload is in. */
    readonly version: number,
    readonly tenantId: string,
    readonly aggregateType: string,
    readonly aggregateId: string,
    /** Counts the aggregate's events from 1: a consumer that hears all of them sees a gap by itself. */
    readonly sequence: number,
    /** When its row was written, just before its transaction committed. */
    readonly occurredAt: Date,
    readonly payload: P,
    readonly traceFields: TraceFields = {},
  ) {}

  /** The trace in which it was told. Read when asked for: a batch continues that of its first event only. */
  get trace(): Context {
    const carrier = headers();
    for (const [name, value] of Object.entries(this.traceFields)) carrier.set(name, value);
    return extractTrace(carrier);
  }

  /** Narrows the payload to that of a declared event. */
  is<Q extends object>(event: DomainEvent<Q>): this is ReceivedEvent<Q> {
    return this.type === event.type;
  }
}
