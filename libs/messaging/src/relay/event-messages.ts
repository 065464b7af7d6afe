import { EventHeaders } from '#leadwire/bus';
import { eventSubject, type EventLane } from '../streams/event-subjects.js';
import { MAX_PAYLOAD_BYTES } from '../outbox/outbox.js';
import { At, type OutboxRow } from './outbox-row.js';

/** A message as it goes to the stream. */
export interface EventMessage {
  readonly row: OutboxRow;
  readonly lane: EventLane;
  readonly subject: string;
  /** By which the stream drops a repetition within its window; none on an older version, which comes again with its event. */
  readonly id?: string;
  /** Header lines, each ended by CR LF. */
  readonly head: string;
  readonly payload: string;
}

interface Metadata {
  trace?: Record<string, string>;
  companions?: { version: number; payload: object }[];
}

/**
 * The messages of a row on a lane: the event, and before it its older versions for consumers that know no newer one.
 * CloudEvents in binary mode.
 */
export function eventMessages(row: OutboxRow, service: string, lane: EventLane): EventMessage[] {
  const metadata = JSON.parse(row[At.metadata]) as Metadata;
  const fixed = headerLines(row, service, metadata.trace);
  const { companions = [] } = metadata;
  const beside = `${fixed}${EventHeaders.companionOf}: ${row[At.version]}\r\n`;
  const older = companions.map(({ version, payload }) => messageOf(row, version, JSON.stringify(payload), lane, beside));
  const oldest = companions.length > 0 ? `${EventHeaders.oldestVersion}: ${Math.min(...companions.map(({ version }) => version))}\r\n` : '';
  const id = lane === 'express' ? `${row[At.id]}.express` : row[At.id];
  return [...older, { ...messageOf(row, row[At.version], compact(row[At.payload]), lane, fixed + oldest), id }];
}

function messageOf(row: OutboxRow, version: number, payload: string, lane: EventLane, lines: string): EventMessage {
  return {
    row,
    lane,
    subject: eventSubject(row[At.type], version, lane, row[At.aggregateId]),
    head: `${EventHeaders.version}: ${version}\r\n${lines}`,
    payload,
  };
}

// jsonb spells 1e300 with three hundred digits: told in a few bytes it could be more than a message holds, and would stop
// every event behind it.
function compact(json: string): string {
  return json.length > MAX_PAYLOAD_BYTES ? JSON.stringify(JSON.parse(json)) : json;
}

function headerLines(row: OutboxRow, service: string, trace: Record<string, string> = {}): string {
  const fields: [string, string][] = [
    [EventHeaders.id, row[At.id]],
    [EventHeaders.source, `/leadwire/${service}`],
    [EventHeaders.specVersion, '1.0'],
    [EventHeaders.type, row[At.type]],
    [EventHeaders.time, new Date(Number(row[At.createdAt])).toISOString()],
    [EventHeaders.subject, row[At.aggregateId]],
    [EventHeaders.tenant, row[At.tenantId]],
    [EventHeaders.aggregateType, row[At.aggregateType]],
    [EventHeaders.sequence, row[At.sequence]],
    [EventHeaders.position, row[At.position]],
    ...Object.entries(trace),
  ];
  let lines = '';
  // What came from outside (a trace state) must not end a header line.
  for (const [name, value] of fields) if (!/[\r\n]/.test(value)) lines += `${name}: ${value}\r\n`;
  return lines;
}
