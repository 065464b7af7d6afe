import { newId } from '#leadwire/kernel';
import pg from 'pg';
import type { BusinessTx, LeadwireReplica, LeadwireService } from '../leadwire/replica.js';
import type { Entrant } from '../measure/rounds.js';
import { payloadOf, type EventSource } from '../servers/bench-event.js';
import type { World } from '../servers/world.js';
import { BareOutbox } from './bare-outbox.js';

/** Connections that write at once. */
export const WRITERS = 8;

/** One kind of business transaction. */
export interface WriterEntrant extends Entrant {
  /** The key of the same transaction without events; undefined for that one itself. */
  readonly without?: string;
  /** Events that one transaction tells. */
  readonly events: number;
  /** Opens its connections and empties its tables. */
  open(world: World, source: EventSource): Promise<Writing>;
}

/** A kind of transaction with its connections open. */
export interface Writing {
  /** One transaction. */
  once(): Promise<void>;
  /** Business rows and events that are there. */
  written(): Promise<{ business: number; events: number }>;
  close(): Promise<void>;
}

const BUSINESS = `insert into business (id, name) values ($1, 'a lead')`;
const BARE_OUTBOX = 'insert into bare_outbox (id, aggregate_id, payload) values ($1, $2, $3)';

/** What a transaction of the product does besides its business row. */
export type Telling = (tx: BusinessTx, replica: LeadwireReplica, source: EventSource) => Promise<void>;

/** Through the product's Database, which sets the tenant in every transaction. */
export function leadwireWriter(key: string, name: string, service: () => Promise<LeadwireService>, events: number, tell: Telling): WriterEntrant {
  return {
    key,
    name,
    events,
    ...(events > 0 && { without: 'leadwire-without' }),
    async open(_world, source) {
      const made = await service();
      await made.empty();
      const replica = await made.replica(WRITERS);
      const once = (): Promise<void> =>
        replica.inTransaction(async (tx) => {
          await tx.query(BUSINESS, [newId()]);
          await tell(tx, replica, source);
        });
      return { once, written: () => made.written(), close: () => replica.stop() };
    },
  };
}

/** Tells a number of events through the product's Outbox. */
export function throughOutbox(events: number): Telling {
  return (tx, replica, source) => replica.tell(tx, source.take(events));
}

/** Writes one row into a plain outbox table. */
export const throughBareInsert: Telling = async (tx, _replica, source) => {
  const event = source.next();
  await tx.query(BARE_OUTBOX, [event.id, event.aggregateId, JSON.stringify(payloadOf(event))]);
};

/** Nothing but pg: BEGIN, the business row, the event's row if any, COMMIT. */
export function bareWriter(withEvent: boolean): WriterEntrant {
  return {
    key: withEvent ? 'bare-with' : 'bare-without',
    name: withEvent ? 'bare pg, with a bare outbox INSERT' : 'bare pg, without events',
    events: withEvent ? 1 : 0,
    ...(withEvent && { without: 'bare-without' }),
    async open(world, source) {
      const outbox = new BareOutbox(world.sql);
      await outbox.make();
      await world.sql.query(`drop table if exists bare.business; create table bare.business (id uuid primary key, tenant_id uuid not null default gen_random_uuid(),
        name text not null, created_at timestamptz not null default clock_timestamp())`);
      const pool = new pg.Pool({ connectionString: world.adminUrl, max: WRITERS });
      const once = async (): Promise<void> => {
        const client = await pool.connect();
        await client.query('begin');
        await client.query({ name: 'business', text: `insert into bare.business (id, name) values ($1, 'a lead')`, values: [newId()] });
        if (withEvent) await outbox.insert([source.next()], client);
        await client.query('commit');
        client.release();
      };
      const written = async () => {
        const { rows } = await world.sql.query<{ business: number; events: number }>('select (select count(*) from bare.business)::int as business, (select count(*) from bare.domain_events)::int as events');
        return rows[0]!;
      };
      return { once, written, close: () => pool.end() };
    },
  };
}
