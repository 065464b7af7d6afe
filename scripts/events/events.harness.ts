import { Bus } from '#leadwire/bus';
import { defineEvent, Field, integer, SERVICES, type DomainEvent, type ServiceName } from '#leadwire/contracts';
import { connectionOptions, Database, serviceSchema } from '#leadwire/database';
import { newId } from '#leadwire/kernel';
import { ConsumerRuntime, CreateBackbone1700000000000, Leases, MessagingMetrics, Outbox, Relay, ReplayRunner, type Delivery } from '#leadwire/messaging';
import { TestDatabase, testServers } from '#leadwire/testing';
import { jetstreamManager, type ConsumerInfo } from '@nats-io/jetstream';
import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { DataSource, type DataSourceOptions } from 'typeorm';
import type { DeclaredConsumer } from './declared-consumers.js';
import { runEvents } from './run-events.js';

class Step {
  @Field(integer()) n: number;
}

/** What the tests tell: under the name of an event of the platform, so that the command knows its type. */
export const created: DomainEvent<any> = defineEvent<Step>('leads', 'lead', 'created', { summary: 'A lead was made.', payload: Step });

const RUNNING = ['leads', 'campaigns'] as const;

/** What a run of the command came to. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly json: any;
}

/** Two services on the real servers: leads tells, both react by a consumer `record-<service>`; the command runs beside them. */
export class EventsHarness {
  readonly handled: { consumer: string; n: number; replay: boolean }[] = [];
  /** Whether the reactions refuse odd steps. */
  broken = false;
  private readonly stops: (() => Promise<unknown>)[] = [];
  private readonly outbox = new Outbox('leads');
  private leads!: Database;

  private constructor(
    readonly database: TestDatabase,
    readonly bus: Bus,
    readonly namespace: string,
  ) {}

  static async start(): Promise<EventsHarness> {
    const namespace = `t${randomBytes(5).toString('hex')}`;
    const database = await TestDatabase.create(Object.fromEntries(SERVICES.map((service) => [service, [CreateBackbone1700000000000]])));
    const harness = new EventsHarness(database, await Bus.connect({ url: testServers().natsUrl, name: 'test', namespace }), namespace);
    for (const service of RUNNING) await harness.startService(service);
    return harness;
  }

  async stop(): Promise<void> {
    await this.stopServices();
    const jsm = await jetstreamManager(this.bus.connection);
    for await (const stream of jsm.streams.list()) if (stream.config.name.startsWith(`${this.namespace}-`)) await jsm.streams.delete(stream.config.name);
    await this.bus.close();
    await this.database.drop();
  }

  /** Ends the services' processes; the command works on without them. */
  async stopServices(): Promise<void> {
    for (const stop of this.stops.splice(0).toReversed()) await stop();
  }

  /** The consumers that the command believes to be declared. */
  get consumers(): DeclaredConsumer[] {
    return RUNNING.map((service) => ({ service, name: `record-${service}`, reads: [{ source: 'leads', aggregate: 'lead' }] }));
  }

  /** Tells steps of a lead, each in a transaction of its own. */
  async tell(tenantId: string, steps: readonly number[], leadId = newId()): Promise<string> {
    for (const n of steps) await this.leads.forTenantAsService(tenantId, (tx) => this.outbox.add(tx, created, leadId, { n }));
    return leadId;
  }

  /** Runs a command line as its operator does: reached by the environment, over an administrator's login. */
  async run(line: string | readonly string[], env: Record<string, string | undefined> = this.env(), stop = new AbortController().signal, receive: (text: string) => void = () => undefined): Promise<Ran> {
    const [out, err]: [string[], string[]] = [[], []];
    const streams = { out: (text: string) => (out.push(text), receive(text)), err: (text: string) => (err.push(text), undefined) };
    const argv = typeof line === 'string' ? line.split(' ') : line;
    const code = await runEvents(argv, { env, accessFolder: '/nonexistent', consumers: () => Promise.resolve(this.consumers), streams, stop });
    const text = out.join('');
    return { code, out: text, err: err.join(''), json: argv.includes('--json') && argv[0] !== 'tail' && text ? JSON.parse(text) : undefined };
  }

  env(): Record<string, string> {
    return { LEADWIRE_DATABASE_URL: this.database.adminUrl, CAMPAIGNS_DATABASE_URL: this.database.urlFor('campaigns'), NATS_URL: testServers().natsUrl, BUS_NAMESPACE: this.namespace };
  }

  async rows<Row = Record<string, any>>(sql: string): Promise<Row[]> {
    return (await this.database.admin.query(sql)).rows as Row[];
  }

  /** Every reader that the server knows of the stream of leads. */
  async readers(): Promise<string[]> {
    const found: ConsumerInfo[] = [];
    for await (const info of (await jetstreamManager(this.bus.connection)).consumers.list(this.bus.streamName('EV-LEADS'))) found.push(info);
    return found.map(({ name }) => name).toSorted();
  }

  private async startService(service: ServiceName): Promise<void> {
    const [url, logger, metrics] = [this.database.urlFor(service), pino({ level: 'silent' }), new MessagingMetrics(new Registry())];
    const source = await new DataSource(connectionOptions(service, url, [], 8) as DataSourceOptions).initialize();
    const database = new Database(source, serviceSchema(service), service);
    const leases = new Leases(url, `${service}-${this.namespace}`, service);
    const around = { service, bus: this.bus, database, metrics, logger };
    const [consumers, replays] = [new ConsumerRuntime(around, leases), new ReplayRunner(around, leases)];
    const relay = new Relay({ service, bus: this.bus, databaseUrl: url, leases, metrics, logger, outbox: this.outbox });
    const spec = { name: `record-${service}`, events: [created] as never, backOff: [5] };
    const reaction = { handle: (delivery: Delivery) => this.record(spec.name, delivery) };
    if (service === 'leads') {
      this.leads = database;
      await relay.start();
    }
    await consumers.start([{ spec, reaction }]);
    replays.start([{ spec, reaction }]);
    this.stops.push(() => source.destroy(), () => leases.stop(), () => relay.stop(), () => consumers.stop(), () => replays.stop());
  }

  private async record(consumer: string, delivery: Delivery): Promise<void> {
    await delivery.each((_, event) => {
      const { n } = event.payload as Step;
      if (this.broken && n % 2 === 1) throw new Error(`odd: ${n}\nand more`);
      this.handled.push({ consumer, n, replay: delivery.replay !== undefined });
      return Promise.resolve();
    });
  }
}
