import { Bus } from '#leadwire/bus';
import { defineEvent, Field, integer, text, type DomainEvent } from '#leadwire/contracts';
import type { TenantTx } from '#leadwire/database';
import { newId, serviceCaller } from '#leadwire/kernel';
import { CreateBackbone1700000000000, ensureStream, Leases, MessagingMetrics, Outbox, Relay, streamOf } from '#leadwire/messaging';
import { TestDatabase, testServers, until } from '#leadwire/testing';
import { jetstreamManager } from '@nats-io/jetstream';
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { pino } from 'pino';
import { Registry } from 'prom-client';

const SERVICE = 'leads';
const AGGREGATES = 100;
const NOTE = 'A lead has moved to another stage, by a rule and not by hand; who told it is in the audit trail.';

class Told {
  @Field(text({ max: 40 })) aggregate: string;
  @Field(integer()) n: number;
  @Field(text({ max: 200 })) note: string;
}
const told: DomainEvent<any> = defineEvent<Told>(SERVICE, 'lead', 'stage-changed', { summary: 'A lead moved to another stage.', payload: Told });
const TRACE = `00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-01`;

const MARK = `update domain_events set processed = true, processed_at = clock_timestamp() where not processed and position = any ($1::bigint[])`;
const HANDLED = `insert into inbox (consumer, event_id, event_type, occurred_at)
  select 'score-on-call-analyzed', id, event_type, created_at from domain_events where position = any ($1::bigint[])`;
const ON_DISK = `select sum(pg_total_relation_size(inhrelid))::float8 as bytes from pg_inherits where inhparent = $1::regclass`;

/** Bytes that events of the benches' payload (200 bytes) take, on the real PostgreSQL and the real NATS. */
export class EventSizes {
  private readonly tenantId = newId();
  private readonly aggregates = Array.from({ length: AGGREGATES }, newId);

  private constructor(
    private readonly database: TestDatabase,
    private readonly client: pg.Client,
    private readonly bus: Bus,
  ) {}

  static async open(): Promise<EventSizes> {
    const database = await TestDatabase.create({ [SERVICE]: [CreateBackbone1700000000000] });
    const client = new pg.Client({ connectionString: database.adminUrl });
    await client.connect();
    await client.query(`set search_path = ${SERVICE}`);
    const bus = await Bus.connect({ url: testServers().natsUrl, name: 'sizes', namespace: `t${randomBytes(5).toString('hex')}` });
    const sizes = new EventSizes(database, client, bus);
    await client.query(`select set_config('leadwire.tenant_id', $1, false)`, [sizes.tenantId]);
    return sizes;
  }

  async close(): Promise<void> {
    await (await jetstreamManager(this.bus.connection)).streams.delete(streamOf(this.bus, SERVICE)).catch(() => undefined);
    await this.bus.close();
    await this.client.end();
    await this.database.drop();
  }

  /** WAL of telling, an event. */
  async tell(count: number): Promise<number> {
    return (await this.wal(await this.telling(count))) / count;
  }

  /** WAL of marking what is unpublished, an event. */
  async mark(): Promise<number> {
    const positions = await this.unpublished();
    return (await this.wal(MARK, [positions])) / positions.length;
  }

  /** WAL of the inbox rows of events given, an event. */
  async handle(positions: string[]): Promise<number> {
    return (await this.wal(HANDLED, [positions])) / positions.length;
  }

  async unpublished(): Promise<string[]> {
    return (await this.client.query('select position from domain_events where not processed order by position')).rows.map(({ position }) => position);
  }

  async onDisk(table: 'domain_events' | 'inbox'): Promise<number> {
    return (await this.client.query(ON_DISK, [table])).rows[0].bytes;
  }

  /** Bytes of a message in the stream's store, as the product's own relay publishes it. */
  async publish(): Promise<number> {
    const url = this.database.urlFor(SERVICE);
    const leases = new Leases(url, 'sizes', SERVICE);
    const relay = new Relay({
      service: SERVICE, bus: this.bus, databaseUrl: url, leases, outbox: new Outbox(SERVICE),
      metrics: new MessagingMetrics(new Registry()), logger: pino({ level: 'silent' }),
    });
    await relay.start();
    await until('everything is published', async () => (await this.unpublished()).length === 0);
    await relay.stop();
    await leases.stop();
    await ensureStream(this.bus, SERVICE);
    const { state } = await (await jetstreamManager(this.bus.connection)).streams.info(streamOf(this.bus, SERVICE));
    return state.bytes / state.messages;
  }

  // Counted by this connection's own statements: others may write to the server meanwhile.
  private async wal(statement: string, values: unknown[] = []): Promise<number> {
    const { rows } = await this.client.query(`explain (analyze, wal, format json) ${statement}`, values);
    const plan = rows[0]['QUERY PLAN'][0].Plan;
    // Full pages after a checkpoint come on top, as often as there are checkpoints.
    return plan['WAL Bytes'] - plan['WAL FPI'] * 8192;
  }

  // The statement that the product's own outbox would send with the COMMIT of a traced request.
  private async telling(count: number): Promise<string> {
    let statement = (): string => '';
    const tx = { tenantId: this.tenantId, caller: serviceCaller(SERVICE, this.tenantId), withCommit: (sql: () => string) => void (statement = sql), afterCommit: () => undefined };
    const entries = Array.from({ length: count }, (_, n) => {
      const aggregate = this.aggregates[n % AGGREGATES]!;
      return { aggregateId: aggregate, payload: { aggregate, n, note: NOTE } };
    });
    await new Outbox(SERVICE).addMany(tx as unknown as TenantTx, told, entries);
    return statement().replaceAll('"trace":{}', `"trace":{"traceparent":"${TRACE}"}`);
  }
}
