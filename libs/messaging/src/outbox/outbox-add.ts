import type { DomainEvent } from '#leadwire/contracts';
import pg from 'pg';

/** An event as a transaction told it, before its row is written. */
export interface ToldEvent {
  readonly id: string;
  readonly event: DomainEvent<any>;
  readonly aggregateId: string;
  /** JSON. */
  readonly payload: string;
  readonly metadata: object;
}

/** The statement that writes the events a transaction told of a tenant, in the order they were told; see `outbox_add` in the migration. */
export function outboxAddSql(tenantId: string, events: readonly ToldEvent[]): string {
  const list = (type: string, values: string[]): string => `array[${values.join(',')}]::${type}[]`;
  return `select outbox_add(${[
    literal(tenantId),
    list('uuid', events.map(({ id }) => literal(id))),
    list('text', events.map(({ event }) => literal(event.type))),
    list('int', events.map(({ event }) => String(event.version))),
    list('text', events.map(({ event }) => literal(event.aggregate))),
    list('uuid', events.map(({ aggregateId }) => literal(aggregateId))),
    list('jsonb', events.map(({ payload }) => literal(payload))),
    list('boolean', events.map(({ event }) => String(event.urgent))),
    list('jsonb', events.map(({ metadata }) => literal(JSON.stringify(metadata)))),
  ].join(', ')})`;
}

// Never trusted as text: quoted by the driver, which also doubles backslashes.
function literal(text: string): string {
  return pg.escapeLiteral(text);
}
