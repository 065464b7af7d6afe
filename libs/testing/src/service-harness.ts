import { Bus, EventHeaders } from '#leadwire/bus';
import { CAPABILITIES, type AnswerOf, type DomainEvent, type InputOf, type Operation } from '#leadwire/contracts';
import type { MigrationClass } from '#leadwire/database';
import { ANONYMOUS, newId, serviceCaller, type Caller } from '#leadwire/kernel';
import { ensureStream, eventSubject } from '#leadwire/messaging';
import { ContextKeys, generateContextKeys, RpcClient, SignedContexts } from '#leadwire/rpc';
import { bootstrap, type RunningService } from '#leadwire/service-kit';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { headers } from '@nats-io/transport-node';
import type { Type } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { TestDatabase } from './test-database.js';
import { setEnvironment, testServers } from './testing.config.js';

const ISSUERS = ['gateway', 'identity', 'leads', 'campaigns', 'voice-calls', 'billing-ledger', 'embeddings', 'tester'];

/** A service to be tested: its module, its migrations, and what its config wants besides the usual. */
export interface ServiceUnderTest {
  readonly name: string;
  readonly module: Type;
  readonly migrations: MigrationClass[];
  readonly environment?: Record<string, string>;
}

/** One real service on a real database and the real bus, with a client that speaks to it as the gateway does. */
export class ServiceHarness {
  private constructor(
    readonly service: RunningService,
    readonly database: TestDatabase,
    /** The gateway's connection, in this test's own namespace. */
    readonly bus: Bus,
    private readonly rpc: RpcClient,
    private readonly rpcOfTester: RpcClient,
    private readonly sequences = new Map<string, number>(),
  ) {}

  static async start(under: ServiceUnderTest): Promise<ServiceHarness> {
    const namespace = `t${randomBytes(5).toString('hex')}`;
    const keys = generateContextKeys(ISSUERS);
    const database = await TestDatabase.create({ [under.name]: under.migrations });
    const prefix = `${under.name.toUpperCase().replaceAll('-', '_')}_`;
    setEnvironment({
      [`${prefix}DATABASE_URL`]: database.urlFor(under.name),
      [`${prefix}NATS_URL`]: testServers().natsUrl,
      [`${prefix}BUS_NAMESPACE`]: namespace,
      [`${prefix}CONTEXT_KEYS`]: keys[under.name]!,
      [`${prefix}HTTP_PORT`]: '0',
      [`${prefix}HTTP_HOST`]: '127.0.0.1',
      [`${prefix}LOG_LEVEL`]: 'error',
      ...under.environment,
    });
    const bus = await Bus.connect({ url: testServers().natsUrl, name: 'test-gateway', namespace });
    const clientOf = (issuer: string) => new RpcClient(bus, new SignedContexts(ContextKeys.read(issuer, keys[issuer]!)));
    const service = await bootstrap(under.module);
    return new ServiceHarness(service, database, bus, clientOf('gateway'), clientOf('tester'));
  }

  /** Stops the service, removes its streams, drops its database. */
  async stop(): Promise<void> {
    await this.service.stop();
    const jsm = await jetstreamManager(this.bus.connection);
    for await (const stream of jsm.streams.list()) {
      if (stream.config.name.replace(/^OBJ_/, '').startsWith(this.bus.streamName(''))) await jsm.streams.delete(stream.config.name);
    }
    await this.bus.close();
    await this.database.drop();
  }

  /** A person of a tenant who may do everything, or only what is given. */
  caller(tenantId = newId(), capabilities: readonly string[] = CAPABILITIES): Caller {
    return { tenantId, actor: { kind: 'user', id: newId() }, capabilities };
  }

  /** Calls an operation as the gateway does; without a caller, as nobody. */
  call<Op extends Operation<any, any>>(
    operation: Op,
    input: InputOf<Op>,
    caller: Caller = ANONYMOUS,
    idempotencyKey?: string,
  ): Promise<AnswerOf<Op>> {
    return this.rpc.call(operation, input, { caller, ...(idempotencyKey && { idempotencyKey }) }) as Promise<AnswerOf<Op>>;
  }

  /** Calls as another service of the platform does (internal operations). */
  callAsService<Op extends Operation<any, any>>(operation: Op, input: InputOf<Op>, tenantId: string, idempotencyKey?: string): Promise<AnswerOf<Op>> {
    const caller = serviceCaller('tester', tenantId);
    return this.rpcOfTester.call(operation, input, { caller, ...(idempotencyKey && { idempotencyKey }) }) as Promise<AnswerOf<Op>>;
  }

  /** Puts an event of another service on its stream, as that service's relay would; twice with the same id is a redelivery. */
  async publish<P extends object>(
    event: DomainEvent<P>,
    to: { tenantId: string; aggregateId: string; payload: P; id?: string; dedupe?: boolean },
  ): Promise<string> {
    await ensureStream(this.bus, event.service);
    const { tenantId, aggregateId, payload, id = newId(), dedupe = true } = to;
    const sequence = (this.sequences.get(aggregateId) ?? 0) + 1;
    this.sequences.set(aggregateId, sequence);
    const head = headers();
    const fields = {
      [EventHeaders.id]: id,
      [EventHeaders.type]: event.type,
      [EventHeaders.version]: String(event.version),
      [EventHeaders.tenant]: tenantId,
      [EventHeaders.aggregateType]: event.aggregate,
      [EventHeaders.subject]: aggregateId,
      [EventHeaders.sequence]: String(sequence),
      [EventHeaders.time]: new Date().toISOString(),
      ...(dedupe && { 'Nats-Msg-Id': id }),
    };
    for (const [name, value] of Object.entries(fields)) head.set(name, value);
    await jetstream(this.bus.connection).publish(this.bus.subject(eventSubject(event.type, event.version, 'main', aggregateId)), JSON.stringify(payload), { headers: head });
    return id;
  }

  /** The events the service told, oldest first, from its outbox. */
  async told<P extends object>(event: DomainEvent<P>, tenantId: string): Promise<{ aggregateId: string; sequence: number; payload: P }[]> {
    const { rows } = await this.database.admin.query(
      `select aggregate_id, aggregate_sequence, payload from ${this.schema}.domain_events
       where event_type = $1 and tenant_id = $2 order by position`,
      [event.type, tenantId],
    );
    return rows.map((row) => ({ aggregateId: row.aggregate_id, sequence: Number(row.aggregate_sequence), payload: row.payload }));
  }

  /** Rows by SQL with the admin's eyes; the service's schema is on the search path. */
  async rows<Row = Record<string, any>>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    const client = await this.database.admin.connect();
    try {
      await client.query(`set search_path = ${this.schema}, extensions`);
      return (await client.query(sql, parameters)).rows as Row[];
    } finally {
      client.release();
    }
  }

  private get schema(): string {
    return this.service.name.replaceAll('-', '_');
  }
}
