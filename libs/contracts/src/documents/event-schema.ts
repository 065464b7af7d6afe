import { dtoSchema } from '../declare/dto-schema.js';
import type { DomainEvent } from '../declare/event.js';
import type { JsonSchema } from '../declare/json-schema.js';

/**
 * The JSON Schema (2020-12) of an event's payload, with nothing left to look up elsewhere. Fields it does not name are
 * allowed: an optional field may be added to a version, and a reader with the earlier schema must not refuse it.
 */
export function eventSchema(event: DomainEvent<any>): JsonSchema & Record<string, unknown> {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: `${event.type} v${event.version}`,
    description: eventDescription(event),
    ...(event.deprecated && { deprecated: true }),
    ...dtoSchema(event.payload, undefined, 'allowed'),
  };
}

/** The summary of an event, and what to use instead where it is deprecated. */
export function eventDescription({ summary, deprecated }: DomainEvent<any>): string {
  return deprecated ? `${summary} Deprecated: ${deprecated}` : summary;
}
