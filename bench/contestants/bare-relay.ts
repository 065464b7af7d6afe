import pg from 'pg';
import type { MsgHdrs, NatsConnection } from '@nats-io/transport-node';
import type { BenchEvent } from '../servers/bench-event.js';
import { BenchStream } from '../servers/bench-stream.js';
import { idHeader, OneInboxPublisher } from '../servers/one-inbox-publisher.js';
import { connectBus, type World } from '../servers/world.js';
import { BARE_COLUMNS, BareOutbox, type BareRow } from './bare-outbox.js';
import { cloudEventsHeader } from './cloud-events-header.js';
import type { Contestant, Lane } from './contestant.js';
import { Wake } from './wake.js';

const BATCH = 500;
const POLL_MS = 100;
const CHANNEL = 'bare_events';

// In position order, one loop: so per aggregate what is in front leaves first. Locked until marked, so that a second
// relay would pass over them.
const CLAIM = `with claimed as (select ${BARE_COLUMNS} from bare.domain_events where not processed order by position limit ${BATCH} for update skip locked) select * from claimed`;
const MARK = `update bare.domain_events set processed = true, processed_at = clock_timestamp() where position = any($1::bigint[])`;
const DELETE = `delete from bare.domain_events where position = any($1::bigint[])`;

/** How a bare relay differs from another. */
export interface BareRelayKind extends Pick<Contestant, 'key' | 'name'> {
  readonly settle: 'mark' | 'delete';
  readonly head: 'id' | 'cloudevents';
}

/** The yardstick: the least code that claims, publishes in order and marks. No replicas, no retries, no metrics. */
export function bareRelay({ key, name, settle, head }: BareRelayKind): Contestant {
  return {
    key,
    name,
    kind: 'bare',
    claimsOrder: true,
    settings: `claim ${BATCH} (SKIP LOCKED), publish on one inbox with 512 in flight, ${settle} by = ANY; one loop; headers: ${head === 'id' ? 'Nats-Msg-Id' : 'CloudEvents'}`,
    open: (world) => BareRelay.open(world, settle === 'mark' ? MARK : DELETE, head === 'id' ? (row) => idHeader(row.id) : cloudEventsHeader),
  };
}

class BareRelay implements Lane {
  private readonly wake = new Wake();
  private readonly outbox: BareOutbox;
  private readonly publisher: OneInboxPublisher;
  private loop?: Promise<void>;
  private stopped = false;
  private notifying?: Promise<unknown>;

  private constructor(
    readonly stream: BenchStream,
    private readonly writers: pg.Pool,
    private readonly relay: pg.Client,
    private readonly bus: NatsConnection,
    private readonly settle: string,
    private readonly headOf: (row: BareRow) => MsgHdrs,
  ) {
    this.outbox = new BareOutbox(writers);
    this.publisher = new OneInboxPublisher(bus);
  }

  static async open(world: World, settle: string, headOf: (row: BareRow) => MsgHdrs): Promise<Lane> {
    const bus = await connectBus(world.natsUrl);
    const stream = await BenchStream.make(bus, world.namespace, 'bare');
    const relay = new pg.Client({ connectionString: world.adminUrl });
    await relay.connect();
    const lane = new BareRelay(stream, new pg.Pool({ connectionString: world.adminUrl, max: 8 }), relay, bus, settle, headOf);
    await lane.outbox.make();
    return lane;
  }

  fill(events: readonly BenchEvent[]): Promise<void> {
    return this.outbox.fill(events);
  }

  async write(event: BenchEvent): Promise<void> {
    await this.outbox.insert([event]);
    // Outside the transaction, where it holds no lock up, and one at a time: what commits meanwhile is told by the next.
    this.notifying ??= this.writers.query(`notify ${CHANNEL}`).finally(() => (this.notifying = undefined));
  }

  async start(): Promise<void> {
    this.relay.on('notification', () => this.wake.up());
    await this.relay.query(`listen ${CHANNEL}`);
    this.loop = this.run();
  }

  pending(): Promise<number> {
    return this.outbox.unpublished();
  }

  async close(): Promise<void> {
    this.stopped = true;
    this.wake.up();
    await this.loop;
    await this.notifying;
    await this.relay.end();
    await this.writers.end();
    await this.stream.remove();
    await this.bus.close();
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      this.wake.reset();
      if ((await this.publishBatch()) < BATCH) await this.wake.wait(POLL_MS);
    }
  }

  private async publishBatch(): Promise<number> {
    await this.relay.query('begin');
    const { rows } = await this.relay.query<BareRow>({ name: 'claim', text: CLAIM });
    if (rows.length > 0) {
      const { subject } = this.stream;
      await this.publisher.publishAll(rows.map((row) => ({ subject, payload: row.payload, head: this.headOf(row) })));
      await this.relay.query({ name: 'settle', text: this.settle, values: [rows.map((row) => row.position)] });
    }
    await this.relay.query('commit');
    return rows.length;
  }
}
