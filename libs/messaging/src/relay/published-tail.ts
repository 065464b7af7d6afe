import { EventHeaders, type Bus } from '#leadwire/bus';
import { jetstreamManager, type JetStreamManager, type StoredMsg } from '@nats-io/jetstream';
import { streamOf } from '../streams/event-stream.js';
import type { FoundEvent, OutboxSession } from './outbox-session.js';

const FIRST_LOOK = 128;
const LARGEST_LOOK = 512;

/**
 * Notes as published what the stream's end already holds: a relay that died, lost its marks with the database's crash, or
 * lost the acknowledgements with the bus leaves events that are published and not marked. One writer publishes and marks
 * in one order, so the first stretch, read backwards, in which every event is marked ends the search. All are marked
 * or none: were the last marked alone, a search that broke off would end the next one there. Nothing is published twice,
 * however long the outage was.
 *
 * @returns the sequence of the stream's last message.
 */
export function settlePublishedTail(bus: Bus, service: string, outbox: OutboxSession): Promise<number> {
  return outbox.atOnce(() => markBackwards(bus, service, outbox));
}

async function markBackwards(bus: Bus, service: string, outbox: OutboxSession): Promise<number> {
  const jsm = await jetstreamManager(bus.connection);
  const stream = streamOf(bus, service);
  const { state } = await jsm.streams.info(stream);
  let upTo = state.last_seq;
  for (let size = FIRST_LOOK; upTo >= state.first_seq && upTo > 0; size = Math.min(size * 2, LARGEST_LOOK)) {
    const from = Math.max(state.first_seq, upTo - size + 1);
    const noted = await outbox.markFound(await eventsAt(jsm, stream, from, upTo));
    if (noted === 0) break;
    upTo = from - 1;
  }
  return state.last_seq;
}

async function eventsAt(jsm: JetStreamManager, stream: string, from: number, upTo: number): Promise<FoundEvent[]> {
  const sequences = Array.from({ length: upTo - from + 1 }, (_, i) => from + i);
  const messages = await Promise.all(sequences.map((seq) => jsm.streams.getMessage(stream, { seq })));
  return messages.flatMap((message) => foundEvent(message) ?? []);
}

function foundEvent(message: StoredMsg | null): FoundEvent | undefined {
  const position = message?.header.get(EventHeaders.position);
  const id = message?.header.get(EventHeaders.id);
  // An older version stands before its event and says nothing of it.
  if (!position || !id || message!.header.get(EventHeaders.companionOf)) return undefined;
  return { position, id, express: message!.subject.split('.').at(-2) === 'express' };
}
