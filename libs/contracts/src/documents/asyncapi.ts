import { versionsOf } from '../declare/event-versions.js';
import type { DomainEvent } from '../declare/event.js';
import { SchemaComponents } from './components.js';
import { EVENT_HEADERS } from './event-headers.js';
import { eventDescription } from './event-schema.js';

/**
 * The AsyncAPI 3 document of the platform's events: one channel an event, one message for each of its versions,
 * CloudEvents headers, who sends it.
 */
export function asyncApiDocument(events: readonly DomainEvent<any>[]): Record<string, unknown> {
  const components = new SchemaComponents('allowed');
  const versions = events.flatMap(versionsOf);
  const messages = Object.fromEntries(versions.map((event) => [messageName(event), message(event, components)]));
  return {
    asyncapi: '3.1.0',
    info: {
      title: 'Leadwire events',
      version: '1.0.0',
      description: 'What happened, told by the service that owns it. Optional fields may be added to a version; anything else is a new one.',
      license: { name: 'Apache-2.0' },
    },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(events.map((event) => [event.type, channel(event)])),
    operations: Object.fromEntries(events.map((event) => [`send-${event.type}`, sending(event)])),
    components: { messages, schemas: { EventHeaders: EVENT_HEADERS, ...components.schemas } },
  };
}

/** What the document calls the message of one version: `leads.lead.created.v1`. */
export function messageName({ type, version }: DomainEvent<any>): string {
  return `${type}.v${version}`;
}

const LANE = {
  enum: ['main', 'express'],
  description: 'main holds every event; express copies of urgent ones, each behind the earlier events of its aggregate, for consumers that read both lanes.',
};
const SLOT = { enum: ['0', '1', '2', '3', '4', '5', '6', '7'], description: 'The last hexadecimal digit of the aggregate\'s id, modulo 8: an aggregate is always in the same slot.' };

function channel(event: DomainEvent<any>) {
  const lane = event.urgent ? ' Urgent: overtakes bulk events of other aggregates.' : '';
  return {
    address: `${event.subject}.{version}.{lane}.{slot}`,
    parameters: {
      version: { enum: versionsOf(event).map(({ version }) => `v${version}`), description: 'The version of the payload.' },
      lane: LANE,
      slot: SLOT,
    },
    title: event.summary,
    description: `Stream EV-${event.service.toUpperCase()}; ordered by aggregate (${event.aggregate}).${lane}`,
    messages: Object.fromEntries(
      versionsOf(event).map((each) => [messageName(each), { $ref: `#/components/messages/${messageName(each)}` }]),
    ),
  };
}

function sending(event: DomainEvent<any>) {
  return { action: 'send', channel: { $ref: `#/channels/${event.type}` }, summary: event.summary, tags: [{ name: event.service }] };
}

function message(event: DomainEvent<any>, components: SchemaComponents) {
  const tags = [...(event.urgent ? [{ name: 'urgent' }] : []), ...(event.deprecated ? [{ name: 'deprecated' }] : [])];
  return {
    name: event.type,
    title: `${event.type} v${event.version}`,
    summary: event.summary,
    ...(event.deprecated && { description: eventDescription(event) }),
    ...(tags.length > 0 && { tags }),
    contentType: 'application/json',
    headers: { $ref: '#/components/schemas/EventHeaders' },
    payload: components.reference(event.payload),
  };
}
