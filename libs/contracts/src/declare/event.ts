import type { DtoClass } from './field-types.js';
import type { ServiceName } from './service-name.js';

/** What a service declares of an event. */
export interface EventSpec<P extends object> {
  readonly summary: string;
  readonly payload: DtoClass<P>;
  /** Version of the payload's shape, from 1; a breaking change is a new version. */
  readonly version?: number;
  /** Overtakes the events that are not urgent: a stop, an opt-out, an erasure, a payment. */
  readonly urgent?: boolean;
}

/** A domain event: one declaration from which publisher, consumer, schema and AsyncAPI come. */
export interface DomainEvent<P extends object = object> {
  readonly service: ServiceName;
  readonly aggregate: string;
  readonly name: string;
  readonly version: number;
  readonly urgent: boolean;
  readonly summary: string;
  readonly payload: DtoClass<P>;
  /** `leads.lead.created`: the CloudEvents type. */
  readonly type: string;
  /** `ev.leads.lead.created`: the beginning of where the relay publishes it. The tenant is no part of it. */
  readonly subject: string;
}

/** Declares an event of an aggregate; its name is in the past tense. */
export function defineEvent<P extends object>(
  service: ServiceName,
  aggregate: string,
  name: string,
  spec: EventSpec<P>,
): DomainEvent<P> {
  const type = `${service}.${aggregate}.${name}`;
  return { version: 1, urgent: false, ...spec, service, aggregate, name, type, subject: `ev.${type}` };
}

/** The payload type of an event. */
export type PayloadOf<E> = E extends DomainEvent<infer P> ? P : never;
