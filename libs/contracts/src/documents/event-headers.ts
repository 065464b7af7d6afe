import type { JsonSchema } from '../declare/json-schema.js';

const TEXT: JsonSchema = { type: 'string' };

/** The headers that every event carries. */
export const EVENT_HEADERS: JsonSchema = {
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
    'ce-eventversion': { ...TEXT, description: "Version of the payload's shape." },
    'ce-aggregatetype': TEXT,
    'ce-sequence': { ...TEXT, description: "Counts the aggregate's events from 1." },
    'ce-position': { ...TEXT, description: "Where the event stood in its service's outbox." },
    'ce-companionof': { ...TEXT, description: 'On an older version of an event: the newer version that is published beside it.' },
    'ce-oldestversion': { ...TEXT, description: 'On an event with older versions beside it: the oldest of them.' },
    traceparent: TEXT,
  },
  required: ['Nats-Msg-Id', 'ce-id', 'ce-type', 'ce-tenantid', 'ce-subject', 'ce-sequence'],
};
