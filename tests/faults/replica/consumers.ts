import type { ConsumerSpec, Delivery, Outbox, Reaction, ReceivedEvent } from '#leadwire/messaging';
import type { TenantTx } from '#leadwire/database';
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { echoed, halted, stepped } from './events.js';
import type { Conditions, ReplicaOrders } from './orders.js';
import { noteFact } from './writers.js';

type Running = { spec: ConsumerSpec; reaction: Reaction };
type Effect = (tx: TenantTx, event: ReceivedEvent<any>, consumer: string) => Promise<void>;

const JOURNEYS = [stepped, halted];
// An outage of a minute must not use up a healthy event's attempts.
const PATIENT = Array.from({ length: 2_000 }, () => 250);

/** Consumers of every kind, over the same events. */
export function reactions(outbox: Outbox, orders: ReplicaOrders, conditions: () => Conditions): Running[] {
  return [
    consumer({ name: 'single', events: JOURNEYS }, record),
    consumer({ name: 'batched', events: JOURNEYS, batch: 40 }, record),
    consumer({ name: 'slow', events: JOURNEYS, concurrency: 4, batch: 5 }, async (tx, event, name) => {
      await sleep(5 + (event.sequence % 10) * 5);
      await record(tx, event, name);
    }),
    consumer({ name: 'chain', events: JOURNEYS }, (tx, event, name) => echo(outbox, tx, event, name)),
    consumer({ name: 'listener', events: [echoed], batch: 10 }, record),
    consumer({ name: 'throwing', events: JOURNEYS, backOff: PATIENT }, async (tx, event, name) => {
      if (conditions().throwing && tx.tenantId === orders.refusedTenant) throw new Error('this tenant is refused for a while');
      await record(tx, event, name);
    }),
    consumer({ name: 'giving-up', events: JOURNEYS, backOff: [20, 50], batch: 8 }, async (tx, event, name) => {
      if (event.payload.poison) throw new Error('this event can never be handled');
      await record(tx, event, name);
    }),
  ];
}

function consumer(spec: Omit<ConsumerSpec, 'events'> & { events: readonly unknown[] }, effect: Effect): Running {
  const handle = (delivery: Delivery) => delivery.each((tx, event) => effect(tx, event, spec.name));
  return { spec: spec as ConsumerSpec, reaction: { handle } };
}

async function record(tx: TenantTx, event: ReceivedEvent<any>, name: string): Promise<void> {
  await tx.query('insert into effects (consumer, event_id, aggregate_id, sequence, mark) values ($1, $2, $3, $4, $5)', [
    name, event.id, event.aggregateId, event.sequence, event.payload.mark,
  ]);
}

// The effect of one event is another: written by the same transaction as the inbox row.
async function echo(outbox: Outbox, tx: TenantTx, event: ReceivedEvent<any>, name: string): Promise<void> {
  await record(tx, event, name);
  const told = { mark: `echo of ${event.payload.mark}`, n: 0, poison: false };
  await noteFact(tx, outbox, echoed, echoOf(event.aggregateId), told);
}

// An aggregate of its own for each one heard, in the form of a UUID of version 8.
function echoOf(aggregateId: string): string {
  const hex = createHash('sha256').update(aggregateId).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
