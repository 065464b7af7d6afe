import { dtoSchema } from '../declare/dto-schema.js';
import type { DomainEvent } from '../declare/event.js';
import type { JsonSchema } from '../declare/json-schema.js';
import { SchemaComponents } from './components.js';

/** The JSON Schema (2020-12) of an event's payload, with nothing left to look up elsewhere. */
export function eventSchema(event: DomainEvent<any>): JsonSchema & Record<string, unknown> {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: `${event.type} v${event.version}`,
    description: event.summary,
    ...dtoSchema(event.payload),
  };
}

/** The AsyncAPI 3 document of the platform's events: one channel an event, CloudEvents headers, who sends it. */
export function asyncApiDocument(events: readonly DomainEvent<any>[]): Record<string, unknown> {
  const components = new SchemaComponents();
  const messages = Object.fromEntries(events.map((event) => [event.type, message(event, components)]));
  return {
    asyncapi: '3.0.0',
    info: { title: 'Leadwire events', version: '1.0.0', license: { name: 'Apache-2.0' } },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(events.map((event) => [event.type, channel(event)])),
    operations: Object.fromEntries(events.map((event) => [`send-${event.type}`, sending(event)])),
    components: { messages, schemas: { EventHeaders: HEADERS, ...components.schemas } },
  };
}

function channel(event: DomainEvent<any>) {
  return {
    address: event.subject,
    title: event.summary,
    description: `Stream EV-${event.service.toUpperCase()}; ordered by aggregate (${event.aggregate}).`,
    messages: { [event.type]: { $ref: `#/components/messages/${event.type}` } },
  };
}

function sending(event: DomainEvent<any>) {
  return { action: 'send', channel: { $ref: `#/channels/${event.type}` }, summary: event.summary, tags: [{ name: event.service }] };
}

function message(event: DomainEvent<any>, components: SchemaComponents) {
  return {
    name: event.type,
    title: `${event.type} v${event.version}`,
    summary: event.summary,
    contentType: 'application/json',
    headers: { $ref: '#/components/schemas/EventHeaders' },
    payload: components.reference(event.payload),
  };
}

const TEXT: JsonSchema = { type: 'string' };

const HEADERS: JsonSchema = {
  type: 'object',
  description: 'CloudEvents 1.0, binary mode over NATS.',
  properties: {
    'Nats-Msg-Id': { ...TEXT, description: 'The event id: the stream drops a repetition within two minutes.' },
    'ce-id': { ...TEXT, format: 'uuid' },
    'ce-source': TEXT,
    'ce-specversion': { const: '1.0' },
    'ce-type': TEXT,
    'ce-time': { ...TEXT, format: 'date-time' },
    'ce-subject': { ...TEXT, format: 'uuid', description: 'The aggregate.' },
    'ce-tenantid': { ...TEXT, format: 'uuid' },
    'ce-eventversion': TEXT,
    'ce-aggregatetype': TEXT,
    'ce-sequence': { ...TEXT, description: "Counts the aggregate's events from 1." },
    traceparent: TEXT,
  },
  required: ['Nats-Msg-Id', 'ce-id', 'ce-type', 'ce-tenantid', 'ce-subject', 'ce-sequence'],
};
