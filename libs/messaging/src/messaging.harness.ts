import { Bus, EventHeaders } from '#leadwire/bus';
import { defineEvent, Field, integer, type DomainEvent } from '#leadwire/contracts';
import { connectionOptions, CURRENT_TENANT, Database, lockToTenant, serviceSchema, type TenantTx } from '#leadwire/database';
import { newId } from '#leadwire/kernel';
import { TestDatabase, testServers } from '#leadwire/testing';
import { jetstream, jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { headers } from '@nats-io/transport-node';
import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { DataSource, type DataSourceOptions, type MigrationInterface, type QueryRunner } from 'typeorm';
import { ConsumerRuntime } from './consumers/consumer-runtime.js';
import type { ConsumerSpec, Reaction } from './consumers/consumer.decorator.js';
import { Leases } from './leases/leases.js';
import { MessagingMetrics } from './messaging-metrics.js';
import { CreateBackbone1700000000000 } from './migrations/create-backbone.js';
import { outboxAddSql } from './outbox/outbox-add.js';
import { Outbox } from './outbox/outbox.js';
import { Relay } from './relay/relay.js';
import { ensureStream, streamOf } from './streams/event-stream.js';
import { eventSubject, type EventLane } from './streams/event-subjects.js';

const SERVICE = 'leads';

export class Step {
  @Field(integer()) n: number;
}
export const stepped: DomainEvent<any> = defineEvent<Step>(SERVICE, 'journey', 'stepped', { summary: 'A step was taken.', payload: Step });
export const turned: DomainEvent<any> = defineEvent<Step>(SERVICE, 'journey', 'turned', { summary: 'A turn was taken.', payload: Step });

export const stopped: DomainEvent<any> = defineEvent<Step>(SERVICE, 'journey', 'stopped', { summary: 'A stop was asked for.', payload: Step, urgent: true });

class CreateEffects1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table effects (position bigint generated always as identity primary key,
      tenant_id uuid not null default ${CURRENT_TENANT}, aggregate_id uuid not null, event_id uuid not null, n int not null)`);
    await lockToTenant(runner, 'effects');
  }

  async down(): Promise<void> {}
}

/** Writes what it was handed into `effects`, in its delivery's transaction. */
export const recordEffects: Reaction = {
  handle: (delivery) =>
    delivery.each(async (tx, event) => {
      await tx.query('insert into effects (aggregate_id, event_id, n) values ($1, $2, $3)', [event.aggregateId, event.id, event.payload.n]);
    }),
};

/** One process of a service: its own connections, relay and consumers. */
export interface Replica {
  readonly name: string;
  readonly bus: Bus;
  readonly database: Database;
  readonly outbox: Outbox;
  readonly relay: Relay;
  readonly consumers: ConsumerRuntime;
  readonly source: DataSource;
  readonly leases: Leases;
  stop(): Promise<void>;
}

/** A service's schema on the real PostgreSQL and its stream on the real NATS, with any number of replicas. */
export class MessagingHarness {
  readonly tenantId = newId();
  private readonly replicas: Replica[] = [];

  private constructor(
    readonly database: TestDatabase,
    readonly bus: Bus,
    private readonly namespace: string,
  ) {}

  static async start(): Promise<MessagingHarness> {
    const namespace = `t${randomBytes(5).toString('hex')}`;
    const database = await TestDatabase.create({ [SERVICE]: [CreateBackbone1700000000000, CreateEffects1700000000001] });
    const bus = await Bus.connect({ url: testServers().natsUrl, name: 'test', namespace });
    return new MessagingHarness(database, bus, namespace);
  }

  async stop(): Promise<void> {
    await this.reset();
    await this.bus.close();
    await this.database.drop();
  }

  /** Stops every replica and empties tables and stream, for the next test. */
  async reset(): Promise<void> {
    await Promise.all(this.replicas.splice(0).map((replica) => replica.stop()));
    const jsm = await jetstreamManager(this.bus.connection);
    await jsm.streams.delete(streamOf(this.bus, SERVICE)).catch(() => undefined);
    await this.rows(`truncate leads.domain_events, leads.aggregate_sequences, leads.expressed_sequences, leads.inbox, leads.parked_events,
      leads.dead_letters, leads.paused_consumers, leads.replays, leads.effects`);
  }

  /** A new process of the service; nothing runs in it yet. */
  async replica(natsUrl = testServers().natsUrl): Promise<Replica> {
    const name = `replica-${randomBytes(4).toString('hex')}`;
    const url = this.database.urlFor(SERVICE);
    const bus = await Bus.connect({ url: natsUrl, name, namespace: this.namespace });
    const source = await new DataSource(connectionOptions(SERVICE, url, [], 12) as DataSourceOptions).initialize();
    const database = new Database(source, serviceSchema(SERVICE), SERVICE);
    const logger = pino({ level: 'silent' });
    const metrics = new MessagingMetrics(new Registry());
    const leases = new Leases(url, name, SERVICE);
    const outbox = new Outbox(SERVICE);
    const relay = new Relay({ service: SERVICE, bus, databaseUrl: url, leases, metrics, logger, outbox });
    const consumers = new ConsumerRuntime({ service: SERVICE, bus, database, metrics, logger }, leases);
    const stop = async (): Promise<void> => {
      await consumers.stop();
      await relay.stop();
      await leases.stop();
      await bus.close();
      if (source.isInitialized) await source.destroy();
    };
    const replica = { name, bus, database, outbox, relay, consumers, source, leases, stop };
    this.replicas.push(replica);
    return replica;
  }

  /** Tells steps of an aggregate, each in a transaction of its own. */
  async tell(replica: Replica, aggregateId: string, steps: number[], tenantId = this.tenantId): Promise<void> {
    for (const n of steps) {
      await replica.database.forTenantAsService(tenantId, (tx) => replica.outbox.add(tx, stepped, aggregateId, { n }));
    }
  }

  /** Writes an event's row in the midst of a transaction, not with its commit: its counter stays locked from here on. */
  async tellAtOnce(tx: TenantTx, event: DomainEvent<Step>, aggregateId: string, n: number): Promise<void> {
    await tx.query(outboxAddSql(tx.tenantId, [{ id: newId(), event, aggregateId, payload: JSON.stringify({ n }), metadata: {} }]));
  }

  /** Puts an event on the stream as a relay would, or once more, past the stream's own dedupe. */
  async publish(event: DomainEvent<Step>, aggregateId: string, n: number, id = newId(), tenantId = this.tenantId, more: { lane?: EventLane; payload?: object; fields?: Record<string, string> } = {}): Promise<string> {
    await ensureStream(this.bus, SERVICE);
    const head = headers();
    const fields = {
      [EventHeaders.id]: id,
      [EventHeaders.type]: event.type,
      [EventHeaders.version]: String(event.version),
      [EventHeaders.tenant]: tenantId,
      [EventHeaders.aggregateType]: event.aggregate,
      [EventHeaders.subject]: aggregateId,
      [EventHeaders.sequence]: String(n),
      [EventHeaders.time]: new Date().toISOString(),
      ...more.fields,
    };
    for (const [name, value] of Object.entries(fields)) head.set(name, value);
    await jetstream(this.bus.connection).publish(this.bus.subject(eventSubject(event.type, event.version, more.lane ?? 'main', aggregateId)), JSON.stringify(more.payload ?? { n }), { headers: head });
    return id;
  }

  /** What had its effect, of one aggregate, in the order of the effects. */
  async effects(aggregateId: string): Promise<number[]> {
    const rows = await this.rows<{ n: number }>('select n from leads.effects where aggregate_id = $1 order by position', [aggregateId]);
    return rows.map((row) => row.n);
  }

  async rows<Row = Record<string, any>>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return (await this.database.admin.query(sql, parameters)).rows as Row[];
  }

  /** What an aggregate's events on the stream hold, in the stream's order. */
  async onStream(): Promise<{ aggregateId: string; sequence: number; lane: string }[]> {
    const jsm = await jetstreamManager(this.bus.connection);
    const { state } = await jsm.streams.info(streamOf(this.bus, SERVICE));
    const found: { aggregateId: string; sequence: number; lane: string }[] = [];
    for (let seq = state.first_seq; seq <= state.last_seq && state.messages > 0; seq++) {
      const message = await jsm.streams.getMessage(streamOf(this.bus, SERVICE), { seq });
      const { header, subject } = message!;
      found.push({ aggregateId: header.get(EventHeaders.subject), sequence: Number(header.get(EventHeaders.sequence)), lane: subject.split('.').at(-2)! });
    }
    return found;
  }

  /** How many deliveries of a consumer wait for their acknowledgement. */
  async pendingAcks(consumer: string): Promise<number> {
    const jsm = await jetstreamManager(this.bus.connection);
    const durable = this.bus.streamName(`${SERVICE}--${consumer}--${SERVICE}-journey`);
    return (await jsm.consumers.info(streamOf(this.bus, SERVICE), durable)).num_ack_pending;
  }

  manager(): Promise<JetStreamManager> {
    return jetstreamManager(this.bus.connection);
  }

  async unpublished(): Promise<number> {
    return (await this.rows<{ n: number }>('select count(*)::int as n from leads.domain_events where not processed'))[0]!.n;
  }

  /** Cuts a replica's lease connection, as the server does when the holder's process is gone. */
  async cutLeases(replica: Replica): Promise<void> {
    await this.rows('select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1', [replica.name]);
  }

  /** What a `kill -9` leaves behind: every connection gone, no acknowledgement, nothing given up in order. */
  async kill(replica: Replica): Promise<void> {
    await replica.bus.connection.close();
    await replica.leases.stop();
    await this.cutLeases(replica);
  }

  /** Runs one consumer in a replica. */
  async consume(replica: Replica, reaction: Reaction, spec: Partial<Omit<ConsumerSpec, 'events'>> & { events?: readonly DomainEvent<any>[] } = {}): Promise<void> {
    await replica.consumers.start([{ spec: { name: 'record', events: [stepped], ...spec } as ConsumerSpec, reaction }]);
  }
}

/** 1, 2, … n. */
export function upTo(n: number): number[] {
  return Array.from({ length: n }, (_, i) => i + 1);
}
