import { checkEvent } from './check-event.js';
import type { DtoClass } from './field-types.js';

/** How a version of an event relates to the one before it; both functions are pure. */
export interface Supersession<Old extends object, P extends object> {
  /** The version before: same service, aggregate and name, its version one lower. */
  readonly event: DomainEvent<Old>;
  /** The payload as this version tells it, for what the stream or an older publisher still holds in the old one. */
  upcast(old: Old): P;
  /** The payload as the old version told it. While declared, the old version is published beside this one. */
  downcast?(current: P): Old;
}

/** What a service declares of an event. */
export interface EventSpec<P extends object, Old extends object = any> {
  readonly summary: string;
  readonly payload: DtoClass<P>;
  /** Version of the payload's shape, from 1; a breaking change is a new version. */
  readonly version?: number;
  /** Overtakes bulk events, never those of its own aggregate: somebody wants to be left alone, or money came in. */
  readonly urgent?: boolean;
  /** What to use instead. A version may be removed only after it was published as deprecated. */
  readonly deprecated?: string;
  /** The version that this one takes the place of. */
  readonly supersedes?: Supersession<Old, P>;
}

/** A domain event: one declaration from which publisher, consumer, schema and AsyncAPI come. */
export interface DomainEvent<P extends object = object> {
  /** The service that owns and tells it: lower case, words joined by hyphens. */
  readonly service: string;
  readonly aggregate: string;
  readonly name: string;
  readonly version: number;
  readonly summary: string;
  readonly payload: DtoClass<P>;
  readonly urgent: boolean;
  readonly deprecated?: string;
  readonly supersedes?: Supersession<any, P>;
  /** `leads.lead.created`: the CloudEvents type, the same for every version. */
  readonly type: string;
  /** `ev.leads.lead.created`: where the relay publishes it. The tenant is no part of it. */
  readonly subject: string;
}

/** Declares an event of an aggregate; its name is in the past tense. Throws a TypeError when the declaration is no sound one. */
export function defineEvent<P extends object, Old extends object = any>(
  service: string,
  aggregate: string,
  name: string,
  spec: EventSpec<P, Old>,
): DomainEvent<P> {
  const type = `${service}.${aggregate}.${name}`;
  const event: DomainEvent<P> = { version: 1, urgent: false, ...spec, service, aggregate, name, type, subject: `ev.${type}` };
  checkEvent(event);
  return event;
}

/** The payload type of an event. */
export type PayloadOf<E> = E extends DomainEvent<infer P> ? P : never;
