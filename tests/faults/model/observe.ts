import { EventHeaders } from '#leadwire/bus';
import { SERVICE } from '../replica/events.js';
import type { Stage } from '../stage/stage.js';
import type { DeadLetter, DurableState, Effect, Fact, Observed, OutboxEvent, StreamEvent } from './observed.js';
import { COPY } from './stream-copy.js';

const FACTS = `select tenant_id as "tenantId", event_type as type, aggregate_id as "aggregateId", mark, n, poison from ${SERVICE}.facts`;
const EVENTS = `select position::float8, id, tenant_id as "tenantId", event_type as type, aggregate_id as "aggregateId",
  aggregate_sequence::int as sequence, payload ->> 'mark' as mark, urgent, processed and (expressed or not urgent) as published
  from ${SERVICE}.domain_events order by position`;
const EFFECTS = `select consumer, event_id as "eventId" from ${SERVICE}.effects order by position`;
const DEAD_LETTERS = `select consumer, event_id as "eventId" from ${SERVICE}.dead_letters where resolved_at is null`;

/** Reads everything there is to see, past every proxy. */
export async function observe(stage: Stage): Promise<Observed> {
  const { database } = stage;
  return {
    facts: await database.rows<Fact>(FACTS),
    events: await database.rows<OutboxEvent>(EVENTS),
    effects: await database.rows<Effect>(EFFECTS),
    deadLetters: await database.rows<DeadLetter>(DEAD_LETTERS),
    stream: await onStream(stage),
    durables: await durables(stage),
    parked: await parkedEvents(stage),
  };
}

/** How many events wait in the table behind one that failed. */
export async function parkedEvents({ database }: Stage): Promise<number> {
  const [row] = await database.rows<{ n: number }>(`select count(*)::int as n from ${SERVICE}.parked_events`);
  return row!.n;
}

/** The readers of the stream, and what each has left. */
export async function durables(stage: Stage): Promise<DurableState[]> {
  const found: DurableState[] = [];
  for await (const info of (await stage.manager()).consumers.list(stage.stream)) {
    found.push({ name: info.name, pending: info.num_pending, unacknowledged: info.num_ack_pending });
  }
  return found;
}

async function onStream(stage: Stage): Promise<StreamEvent[]> {
  const jsm = await stage.manager();
  const { state } = await jsm.streams.info(stage.stream);
  const found: StreamEvent[] = [];
  for (let from = state.first_seq; from <= state.last_seq; from += 200) {
    const upTo = Math.min(from + 199, state.last_seq);
    const messages = await Promise.all(Array.from({ length: upTo - from + 1 }, (_, i) => jsm.streams.getMessage(stage.stream, { seq: from + i })));
    for (const message of messages) {
      if (!message || message.header.has(COPY) || message.header.has(EventHeaders.companionOf)) continue;
      found.push({ eventId: message.header.get(EventHeaders.id), lane: message.subject.split('.').at(-2)! });
    }
  }
  return found;
}
