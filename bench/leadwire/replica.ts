import { Bus } from '#leadwire/bus';
import { defineEvent, Field, integer, text, type DomainEvent } from '#leadwire/contracts';
import { connectionOptions, Database, migrateService, provision, runtimeUrl, serviceSchema, sharedRoleSecret, type TenantTx } from '#leadwire/database';
import { newId } from '#leadwire/kernel';
import { ConsumerRuntime, CreateBackbone1700000000000, Leases, MessagingMetrics, Outbox, Relay, streamOf, type ConsumerSpec, type Delivery, type Reaction } from '#leadwire/messaging';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { payloadOf, type BenchEvent, type BenchPayload } from '../servers/bench-event.js';
import { BenchStream } from '../servers/bench-stream.js';
import type { World } from '../servers/world.js';
import { CreateBenchTables1800000000000 } from './bench-tables.migration.js';

// Everything the benches know of the library's classes and tables stands in this file.
const SERVICE = 'leads';
const EMPTY = 'truncate leads.domain_events, leads.aggregate_sequences, leads.expressed_sequences, leads.inbox, leads.dead_letters, leads.effects, leads.business, leads.bare_outbox';
const HISTORY = `
  insert into leads.domain_events (id, tenant_id, event_type, event_version, aggregate_type, aggregate_id, aggregate_sequence, payload, processed, processed_at, created_at)
  select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(md5(i::text), 1, 3) || '8' || substr(md5(i::text), 4, 15))::uuid,
    $1, 'leads.journey.stepped', 1, 'journey', md5((i % 100000)::text)::uuid, i / 100000 + 1, $2, true, at, at
  from generate_series($3::bigint, $4::bigint) i, lateral (select clock_timestamp() - interval '1 hour' - ($5 - i) * (interval '5 days' / $5) as at) t`;

// The days of the history, as they were made when they were today.
const PAST_DAYS = `
  do $$ declare day date; begin
    for day in select generate_series(current_date - 6, current_date - 2, '1 day') loop
      execute format('create table if not exists leads.%I partition of leads.domain_events for values from (%L) to (%L)',
        'domain_events_' || to_char(day, 'YYYYMMDD'), leads.day_id(day), leads.day_id(day + 1));
    end loop;
  end $$`;

class Step implements BenchPayload {
  @Field(text({ max: 36 })) aggregate: string;
  @Field(integer()) n: number;
  @Field(text({ max: 500 })) note: string;
}
const stepped: DomainEvent<Step> = defineEvent<Step>(SERVICE, 'journey', 'stepped', { summary: 'A step was taken.', payload: Step });

/** A business transaction of the product. */
export type BusinessTx = TenantTx;

/** Called for each event whose effect has committed. */
export type Handled = (aggregate: string, n: number) => void;

/** A service of the product with its own schema, migrated as in production. */
export class LeadwireService {
  private readonly tenantId = newId();

  private constructor(private readonly world: World) {}

  static async create(world: World): Promise<LeadwireService> {
    await provision(world.adminUrl, [SERVICE], sharedRoleSecret(world.adminUrl));
    await migrateService(world.adminUrl, SERVICE, [CreateBackbone1700000000000, CreateBenchTables1800000000000]);
    return new LeadwireService(world);
  }

  /** Empties every table; history goes with the rest. */
  async empty(): Promise<void> {
    await this.world.sql.query(EMPTY);
  }

  async unpublished(): Promise<number> {
    return this.count('leads.domain_events where not processed');
  }

  /** Rows whose effect committed, and how many of them broke their aggregate's order. */
  async effects(): Promise<{ effects: number; inbox: number; disordered: number }> {
    const steps = '(select n, lag(n, 1, 0) over (partition by aggregate_id order by position) as before from leads.effects) steps';
    const [effects, inbox, disordered] = await Promise.all([this.count('leads.effects'), this.count('leads.inbox'), this.count(`${steps} where n <> before + 1`)]);
    return { effects, inbox, disordered };
  }

  /** Lets the effects be had once more: their rows and the inbox's go. */
  async forgetEffects(): Promise<void> {
    await this.world.sql.query('truncate leads.effects, leads.inbox');
  }

  /** Business rows there are, and events told with them, in the outbox or in the plain table beside it. */
  async written(): Promise<{ business: number; events: number }> {
    const [business, events, bare] = await Promise.all([this.count('leads.business'), this.count('leads.domain_events'), this.count('leads.bare_outbox')]);
    return { business, events: events + bare };
  }

  /** Writes rows as a year of use leaves them: published long ago, over the last five days. */
  async writeHistory(rows: number, told: (written: number) => void): Promise<void> {
    const size = 500_000;
    await this.world.sql.query(PAST_DAYS);
    for (let from = 0; from < rows; from += size) {
      const to = Math.min(from + size, rows) - 1;
      await this.world.sql.query(HISTORY, [this.tenantId, JSON.stringify(payloadOf({ id: '', aggregateId: newId(), n: 1 })), from, to, rows]);
      told(to + 1);
    }
    await this.world.sql.query('vacuum analyze leads.domain_events');
  }

  async stream(): Promise<BenchStream> {
    return BenchStream.of(this.world.bus, `${this.world.namespace}-EV-${SERVICE.toUpperCase()}`);
  }

  /** One process of the service; nothing runs in it yet. */
  async replica(poolSize = 12): Promise<LeadwireReplica> {
    const name = `bench-${newId()}`;
    const url = runtimeUrl(this.world.adminUrl, SERVICE, sharedRoleSecret(this.world.adminUrl));
    const bus = await Bus.connect({ url: this.world.natsUrl, name, namespace: this.world.namespace });
    const source = await new DataSource(connectionOptions(SERVICE, url, [], poolSize) as DataSourceOptions).initialize();
    const database = new Database(source, serviceSchema(SERVICE), SERVICE);
    const logger = pino({ level: 'warn' });
    const metrics = new MessagingMetrics(new Registry());
    const leases = new Leases(url, name);
    const outbox = new Outbox(SERVICE);
    const relay = new Relay({ service: SERVICE, bus, databaseUrl: url, leases, metrics, logger, outbox });
    const consumers = new ConsumerRuntime({ service: SERVICE, bus, database, metrics, logger }, leases);
    return new LeadwireReplica(this.tenantId, { bus, source, database, leases, outbox, relay, consumers });
  }

  private async count(from: string): Promise<number> {
    const { rows } = await this.world.sql.query<{ n: number }>(`select count(*)::int as n from ${from}`);
    return rows[0]!.n;
  }
}

interface Parts {
  readonly bus: Bus;
  readonly source: DataSource;
  readonly database: Database;
  readonly leases: Leases;
  readonly outbox: Outbox;
  readonly relay: Relay;
  readonly consumers: ConsumerRuntime;
}

/** The real outbox, relay and consumers of one process. */
export class LeadwireReplica {
  constructor(
    private readonly tenantId: string,
    private readonly parts: Parts,
  ) {}

  get streamName(): string {
    return streamOf(this.parts.bus, SERVICE);
  }

  /** Runs a business transaction. */
  inTransaction(work: (tx: BusinessTx) => Promise<void>): Promise<void> {
    return this.parts.database.forTenantAsService(this.tenantId, work);
  }

  /** Tells events in a business transaction. */
  tell(tx: BusinessTx, events: readonly BenchEvent[]): Promise<void> {
    const { outbox } = this.parts;
    const [first] = events;
    if (events.length === 1) return outbox.add(tx, stepped, first!.aggregateId, payloadOf(first!));
    return outbox.addMany(tx, stepped, events.map((event) => ({ aggregateId: event.aggregateId, payload: payloadOf(event) })));
  }

  /** Tells events in a transaction of their own. */
  write(events: readonly BenchEvent[]): Promise<void> {
    return this.inTransaction((tx) => this.tell(tx, events));
  }

  startRelay(): Promise<void> {
    return this.parts.relay.start();
  }

  /** Inserts an effect for each event, behind the inbox. */
  async consume(name: string, batch: number, handled: Handled): Promise<void> {
    const reaction: Reaction = {
      handle: async (delivery: Delivery) => {
        const had: Step[] = [];
        await delivery.transaction(async (tx, fresh) => {
          had.push(...fresh.map((event) => event.payload as Step));
          await tx.query('insert into effects (aggregate_id, event_id, n) select * from unnest($1::uuid[], $2::uuid[], $3::int[])', [
            fresh.map((event) => event.aggregateId),
            fresh.map((event) => event.id),
            had.map((step) => step.n),
          ]);
        });
        for (const step of had) handled(step.aggregate, step.n);
      },
    };
    // As the @Consumer decorator does: a spec takes every event.
    const spec = { name, events: [stepped], batch } as unknown as ConsumerSpec;
    await this.parts.consumers.start([{ spec, reaction }]);
  }

  async stop(): Promise<void> {
    const { consumers, relay, leases, bus, source } = this.parts;
    await consumers.stop();
    await relay.stop();
    await leases.stop();
    await bus.close();
    await source.destroy();
  }
}
