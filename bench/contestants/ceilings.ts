import type { NatsConnection } from '@nats-io/transport-node';
import pg from 'pg';
import { payloadOf, pieces, type BenchEvent } from '../servers/bench-event.js';
import { BenchStream } from '../servers/bench-stream.js';
import { idHeader, OneInboxPublisher, type Outgoing } from '../servers/one-inbox-publisher.js';
import { connectBus, type World } from '../servers/world.js';
import { BareOutbox } from './bare-outbox.js';
import type { Contestant, Lane } from './contestant.js';

const BATCH = 500;
const CLAIMED = `select position from bare.domain_events where not processed order by position limit ${BATCH} for update skip locked`;
const MARK = `with claimed as (${CLAIMED}) update bare.domain_events e set processed = true, processed_at = clock_timestamp()
  from claimed where e.position = claimed.position returning e.id, e.event_type, e.payload::text`;
const DELETE = `with claimed as (${CLAIMED}) delete from bare.domain_events e using claimed where e.position = claimed.position
  returning e.id, e.event_type, e.payload::text`;

/** The half of the work that PostgreSQL does, with nothing published. */
export function sqlCeiling(settle: 'mark' | 'delete'): Contestant {
  return {
    key: settle === 'mark' ? 'sql' : 'sql-delete',
    name: `ceiling: claim and ${settle} in SQL alone`,
    kind: 'ceiling',
    claimsOrder: false,
    settings: `one statement for ${BATCH} events`,
    mostPerSecond: 0,
    open: (world) => SqlCeiling.open(world, settle === 'mark' ? MARK : DELETE),
  };
}

class SqlCeiling implements Lane {
  private constructor(
    private readonly client: pg.Client,
    private readonly outbox: BareOutbox,
    private readonly statement: string,
  ) {}

  static async open(world: World, statement: string): Promise<Lane> {
    const outbox = new BareOutbox(world.sql);
    await outbox.make();
    const client = new pg.Client({ connectionString: world.adminUrl });
    await client.connect();
    return new SqlCeiling(client, outbox, statement);
  }

  fill = (events: readonly BenchEvent[]): Promise<void> => this.outbox.fill(events);
  write = (event: BenchEvent): Promise<void> => this.outbox.insert([event]);
  pending = (): Promise<number> => this.outbox.unpublished();
  close = (): Promise<void> => this.client.end();

  // Drains before it returns: nothing is left to wait for.
  async start(): Promise<void> {
    for (let claimed = 1; claimed > 0; ) claimed = (await this.client.query({ name: 'claim', text: this.statement })).rowCount ?? 0;
  }
}

/** The half of the work that JetStream does, with nothing read from PostgreSQL. */
export const publishCeiling: Contestant = {
  key: 'publish',
  name: 'ceiling: publish alone',
  kind: 'ceiling',
  claimsOrder: true,
  settings: 'acks on one shared inbox, 512 in flight',
  mostPerSecond: 0,
  open: (world) => PublishCeiling.open(world),
};

class PublishCeiling implements Lane {
  private messages: Outgoing[] = [];

  private constructor(
    readonly stream: BenchStream,
    private readonly bus: NatsConnection,
  ) {}

  static async open(world: World): Promise<Lane> {
    const bus = await connectBus(world.natsUrl);
    const stream = await BenchStream.make(bus, world.namespace, 'publish');
    return new PublishCeiling(stream, bus);
  }

  async fill(events: readonly BenchEvent[]): Promise<void> {
    this.messages = events.map((event) => ({ subject: this.stream.subject, payload: JSON.stringify(payloadOf(event)), head: idHeader(event.id) }));
  }

  write = (event: BenchEvent): Promise<void> => this.fill([event]);
  pending = (): Promise<number> => Promise.resolve(0);

  async start(): Promise<void> {
    const publisher = new OneInboxPublisher(this.bus);
    for (const batch of pieces(this.messages, BATCH)) await publisher.publishAll(batch);
  }

  async close(): Promise<void> {
    await this.stream.remove();
    await this.bus.close();
  }
}
