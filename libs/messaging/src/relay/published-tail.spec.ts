import { EventHeaders } from '#leadwire/bus';
import { defineEvent, Field, integer, type DomainEvent } from '#leadwire/contracts';
import { newId } from '#leadwire/kernel';
import { until } from '#leadwire/testing';
import { jetstream } from '@nats-io/jetstream';
import { headers } from '@nats-io/transport-node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { MessagingHarness, stepped, upTo, type Replica } from '../messaging.harness.js';
import { ensureStream } from '../streams/event-stream.js';
import { eventSubject, type EventLane } from '../streams/event-subjects.js';
import { OutboxSession } from './outbox-session.js';
import { settlePublishedTail } from './published-tail.js';

class Reason {
  @Field(integer()) n: number;
}
const halted: DomainEvent<any> = defineEvent<Reason>('leads', 'journey', 'halted', { summary: 'It was told to stop.', payload: Reason, urgent: true });

interface Row {
  position: string;
  id: string;
  event_type: string;
  aggregate_sequence: string;
}

describe('what the stream\'s end holds and nobody noted', () => {
  let harness: MessagingHarness;
  let replica: Replica;
  let session: OutboxSession;
  const journey = newId();

  beforeAll(async () => {
    harness = await MessagingHarness.start();
  });
  afterEach(async () => {
    await session.close();
    await harness.reset();
  });
  afterAll(() => harness.stop());

  /** Commits a step and an urgent halt, and puts messages on the stream as a relay did whose marks were lost. */
  async function tellThenPublish(messages: [n: number, lane: EventLane][]): Promise<void> {
    replica = await harness.replica();
    session = await OutboxSession.open(harness.database.urlFor('leads'), 'leads', () => undefined);
    for (const [event, n] of [[stepped, 1], [halted, 2]] as const) {
      await replica.database.forTenantAsService(harness.tenantId, (tx) => replica.outbox.add(tx, event, journey, { n }));
    }
    const rows = await harness.rows<Row>('select position, id, event_type, aggregate_sequence from leads.domain_events order by position');
    await ensureStream(harness.bus, 'leads');
    for (const [n, lane] of messages) await publish(rows[n - 1]!, lane);
  }

  async function publish(row: Row, lane: EventLane): Promise<void> {
    const head = headers();
    head.set(EventHeaders.id, row.id);
    head.set(EventHeaders.position, row.position);
    await jetstream(harness.bus.connection).publish(harness.bus.subject(eventSubject(row.event_type, 1, lane, journey)), '{}', { headers: head });
  }

  /** What the relay would publish next: aggregate's numbers on either lane. */
  async function left(): Promise<{ main: number[]; express: number[] }> {
    const { rows } = await session.claim(0n, []);
    const numbers = (found: typeof rows) => found.map((row) => Number(row[7]));
    return { main: numbers(rows), express: numbers(await session.claimUrgent()) };
  }

  it('is noted on both lanes of an urgent event', async () => {
    await tellThenPublish([[1, 'express'], [2, 'express'], [1, 'main'], [2, 'main']]);
    expect(await left()).toEqual({ main: [1, 2], express: [1, 2] });
    expect(await settlePublishedTail(harness.bus, 'leads', session)).toBe(4);
    expect(await left()).toEqual({ main: [], express: [] });
  });

  it('is noted as a whole or not at all: a look back that breaks off hides nothing from the next', async () => {
    replica = await harness.replica();
    await replica.relay.start();
    await replica.database.forTenantAsService(harness.tenantId, (tx) =>
      replica.outbox.addMany(tx, stepped, upTo(300).map((n) => ({ aggregateId: journey, payload: { n } }))));
    await until('all is published', async () => (await harness.unpublished()) === 0);
    await replica.stop();
    await harness.rows('update leads.domain_events set processed = false');
    session = await OutboxSession.open(harness.database.urlFor('leads'), 'leads', () => undefined);
    const note = session.markFound.bind(session);
    let looks = 0;
    session.markFound = (events) => (++looks === 2 ? Promise.reject(new Error('the bus went away')) : note(events));
    await expect(settlePublishedTail(harness.bus, 'leads', session)).rejects.toThrow('the bus went away');
    await settlePublishedTail(harness.bus, 'leads', session);
    expect(await harness.unpublished()).toBe(0);
  });

  it('is noted of an event that went ahead only because an urgent one stands behind it', async () => {
    await tellThenPublish([[1, 'express']]);
    await settlePublishedTail(harness.bus, 'leads', session);
    expect(await left()).toEqual({ main: [1, 2], express: [2] });
  });
});
