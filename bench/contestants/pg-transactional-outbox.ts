import {
  createReplicationSegmentMutexConcurrencyController,
  DatabaseSetup,
  getDisabledLogger,
  initializeMessageStorage,
  initializePollingMessageListener,
  initializeReplicationMessageListener,
  type PollingListenerSettings,
  type ReplicationListenerSettings,
} from 'pg-transactional-outbox';
import pg from 'pg';
import { pieces, type BenchEvent } from '../servers/bench-event.js';
import type { World } from '../servers/world.js';
import type { Contestant, Lane } from './contestant.js';
import { jobOf, PeerPublisher, type PeerJob } from './peer-publisher.js';

const TABLE = { outboxOrInbox: 'outbox' as const, schema: 'pgto', table: 'outbox', database: '', listenerRole: 'postgres' };
const FUNCTION = { ...TABLE, nextMessagesName: 'next_outbox_messages' };
const NAMES = { dbSchema: TABLE.schema, dbTable: TABLE.table, nextMessagesFunctionSchema: TABLE.schema, nextMessagesFunctionName: FUNCTION.nextMessagesName };
const GUARDED = { enableMaxAttemptsProtection: true, enablePoisonousMessageProtection: true };
const UNGUARDED = { enableMaxAttemptsProtection: false, enablePoisonousMessageProtection: false };
const BATCH = 400;
const INSERT = `
  insert into pgto.outbox (id, aggregate_type, aggregate_id, message_type, segment, payload)
  select id, 'journey', aggregate_id, 'stepped', aggregate_id, payload
  from unnest($1::uuid[], $2::text[], $3::jsonb[]) with ordinality as given (id, aggregate_id, payload, place) order by place`;

interface Tuning {
  readonly tuned: boolean;
  readonly replication: boolean;
}

/** pg-transactional-outbox with its polling listener as it comes. */
export const pgtoDefault: Contestant = {
  key: 'pg-transactional-outbox-default',
  name: 'pg-transactional-outbox, default',
  untuned: true,
  kind: 'peer',
  claimsOrder: true,
  settings: 'polling: batch 5 every 500 ms, guards on; segment = aggregate; js.publish()',
  mostEvents: 500,
  mostPerSecond: 50,
  open: (world) => OutboxLibraryLane.open(world, { tuned: false, replication: false }),
};

/** Its polling listener with large batches and without its guards. */
export const pgtoTuned: Contestant = {
  key: 'pg-transactional-outbox',
  name: 'pg-transactional-outbox, tuned',
  kind: 'peer',
  claimsOrder: true,
  settings: `polling: batch ${BATCH} fetched when the former is through, every 10 ms, guards off, pool of 16; segment = aggregate; publishes as the bare relay`,
  mostEvents: 5_000,
  mostPerSecond: 250,
  open: (world) => OutboxLibraryLane.open(world, { tuned: true, replication: false }),
};

/** Its replication listener, one segment at a time in order; needs wal_level = logical. */
export const pgtoReplication: Contestant = {
  key: 'pg-transactional-outbox-replication',
  name: 'pg-transactional-outbox, replication',
  kind: 'peer',
  claimsOrder: true,
  settings: 'replication: in order per segment (= aggregate), guards off, pool of 16; publishes as the bare relay',
  mostEvents: 5_000,
  mostPerSecond: 250,
  absence: async (world) => {
    const { rows } = await world.sql.query<{ wal_level: string }>('show wal_level');
    return rows[0]!.wal_level === 'logical' ? undefined : `wal_level is ${rows[0]!.wal_level}`;
  },
  open: (world) => OutboxLibraryLane.open(world, { tuned: true, replication: true }),
};

// Its query for the next messages locks rows that are being worked on, and a message that meets such a lock fails and
// rests until its own lock has run out. So the next batch is fetched when the one before is through.
const afterEachBatch = () => async (busy: number): Promise<number> => {
  if (busy === 0) return BATCH;
  await new Promise((resolve) => setImmediate(resolve));
  return 0;
};

class OutboxLibraryLane implements Lane {
  private readonly logger = getDisabledLogger();
  private readonly store = initializeMessageStorage({ outboxOrInbox: 'outbox', settings: { ...NAMES, ...GUARDED } }, this.logger);
  private shutdown: () => Promise<void> = () => Promise.resolve();

  private constructor(
    private readonly world: World,
    private readonly writers: pg.Pool,
    private readonly tuning: Tuning,
    private readonly publisher: PeerPublisher,
  ) {}

  static async open(world: World, tuning: Tuning): Promise<Lane> {
    const writers = new pg.Pool({ connectionString: world.adminUrl, max: 8 });
    const lane = new OutboxLibraryLane(world, writers, tuning, await PeerPublisher.open(world, 'pgto', tuning.tuned));
    await world.sql.query(DatabaseSetup.dropAndCreateTable(TABLE));
    if (tuning.replication) await lane.makeSlot();
    else for (const sql of [DatabaseSetup.createPollingFunction(FUNCTION), DatabaseSetup.setupPollingIndexes(FUNCTION)]) await world.sql.query(sql);
    return lane;
  }

  get stream() {
    return this.publisher.stream;
  }

  async fill(events: readonly BenchEvent[]): Promise<void> {
    for (const piece of pieces(events, 1_000)) {
      await this.writers.query(INSERT, [piece.map(({ id }) => id), piece.map(({ aggregateId }) => aggregateId), piece.map((event) => JSON.stringify(jobOf(event)))]);
    }
    await this.world.sql.query('analyze pgto.outbox');
  }

  async write(event: BenchEvent): Promise<void> {
    const { id, aggregateId } = event;
    const client = await this.writers.connect();
    try {
      await this.store({ id, aggregateType: 'journey', aggregateId, messageType: 'stepped', segment: aggregateId, payload: jobOf(event) }, client);
    } finally {
      client.release();
    }
  }

  async start(): Promise<void> {
    const handler = { handle: (message: { payload: unknown }) => this.publisher.publish(message.payload as PeerJob) };
    const connection = { connectionString: this.world.adminUrl };
    const config = { outboxOrInbox: 'outbox' as const, dbListenerConfig: connection, dbHandlerConfig: this.tuning.tuned ? { ...connection, max: 16 } : connection };
    const [shutdown] = this.tuning.replication
      ? initializeReplicationMessageListener({ ...config, settings: this.replicationSettings() }, handler, this.logger, { concurrencyStrategy: createReplicationSegmentMutexConcurrencyController() })
      : initializePollingMessageListener({ ...config, settings: this.pollingSettings() }, handler, this.logger, this.tuning.tuned ? { batchSizeStrategy: afterEachBatch() } : {});
    this.shutdown = shutdown;
  }

  async pending(): Promise<number> {
    const { rows } = await this.world.sql.query<{ n: number }>('select count(*)::int as n from pgto.outbox where processed_at is null');
    return rows[0]!.n;
  }

  async close(): Promise<void> {
    await this.shutdown();
    if (this.tuning.replication) await this.dropSlot();
    await this.writers.end();
    await this.publisher.close();
  }

  private pollingSettings(): PollingListenerSettings {
    if (!this.tuning.tuned) return { ...NAMES, ...GUARDED };
    return { ...NAMES, ...UNGUARDED, nextMessagesBatchSize: BATCH, nextMessagesPollingIntervalInMs: 10 };
  }

  private replicationSettings(): ReplicationListenerSettings {
    return { ...NAMES, ...UNGUARDED, dbPublication: this.slot, dbReplicationSlot: this.slot };
  }

  // A slot belongs to the whole server, so it bears the run's name.
  private get slot(): string {
    return `${this.world.namespace}_pgto`;
  }

  private async makeSlot(): Promise<void> {
    await this.world.sql.query(`drop publication if exists ${this.slot}`);
    await this.world.sql.query(`create publication ${this.slot} for table pgto.outbox with (publish = 'insert')`);
    await this.world.sql.query(`select pg_create_logical_replication_slot($1, 'pgoutput')`, [this.slot]);
  }

  // The listener's connection lets go of it a moment after it was told to stop; left behind, it would keep every WAL file.
  private async dropSlot(): Promise<void> {
    await this.world.sql.query(`select pg_terminate_backend(active_pid) from pg_replication_slots where slot_name = $1 and active`, [this.slot]);
    for (let tries = 0; tries < 50; tries++) {
      const { rows } = await this.world.sql.query(`select 1 from pg_replication_slots where slot_name = $1 and active`, [this.slot]);
      if (rows.length === 0) break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await this.world.sql.query(`select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = $1`, [this.slot]);
  }
}
