import { EventHeaders } from '#leadwire/bus';
import { isId } from '#leadwire/kernel';
import type { JsMsg } from '@nats-io/jetstream';
import { messageFields, type MessageFields } from './message-fields.js';
import { ReceivedEvent, type TraceFields } from './received-event.js';
import type { TellingVersions } from './understand-event.js';

/** Reads an event off a stream message; throws on one that is no event of this platform. */
export function readEvent(message: JsMsg, fields: MessageFields = messageFields(message)): ReceivedEvent {
  return new ReceivedEvent(
    idIn(fields, EventHeaders.id),
    required(fields, EventHeaders.type),
    countIn(fields, EventHeaders.version),
    idIn(fields, EventHeaders.tenant),
    required(fields, EventHeaders.aggregateType),
    idIn(fields, EventHeaders.subject),
    countIn(fields, EventHeaders.sequence),
    timeIn(fields, EventHeaders.time),
    message.json<object>(),
    traceOf(fields),
  );
}

/** What a message's headers say of the versions its occurrence is told in. */
export function tellingVersions(fields: MessageFields): TellingVersions {
  const version = (name: string): number | undefined => (fields[name] ? countIn(fields, name) : undefined);
  return { companionOf: version(EventHeaders.companionOf), oldest: version(EventHeaders.oldestVersion) };
}

const NO_TRACE: TraceFields = {};
const TRACE_HEADERS = ['traceparent', 'tracestate', 'baggage'];

function traceOf(fields: MessageFields): TraceFields {
  if (!fields.traceparent) return NO_TRACE;
  return Object.fromEntries(TRACE_HEADERS.flatMap((name) => (fields[name] ? [[name, fields[name]]] : [])));
}

function required(fields: MessageFields, name: string): string {
  const value = fields[name];
  if (!value) throw new Error(`the message lacks the header ${name}`);
  return value;
}

function idIn(fields: MessageFields, name: string): string {
  const value = required(fields, name);
  if (!isId(value)) throw new Error(`the message has a ${name} that is no id`);
  // One spelling, so that an id is one aggregate, one tenant, one inbox row everywhere.
  return value.toLowerCase();
}

function countIn(fields: MessageFields, name: string): number {
  const value = Number(required(fields, name));
  if (!Number.isSafeInteger(value)) throw new Error(`the message has a ${name} that is no number`);
  return value;
}

function timeIn(fields: MessageFields, name: string): Date {
  const value = new Date(required(fields, name));
  if (Number.isNaN(value.getTime())) throw new Error(`the message has a ${name} that is no time`);
  return value;
}
