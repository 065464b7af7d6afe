import { Bus } from '#leadwire/bus';
import { connectionOptions, Database, serviceSchema, type Entities } from '#leadwire/database';
import { Inject, Module, type BeforeApplicationShutdown, type DynamicModule, type OnApplicationBootstrap, type Provider } from '@nestjs/common';
import { DiscoveryModule, DiscoveryService } from '@nestjs/core';
import { pino, type Logger } from 'pino';
import { Registry } from 'prom-client';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { declaredReactions } from './declared-reactions.js';
import { Messaging } from './messaging.js';
import { MESSAGING_SETTINGS, messagingProviders, type MessagingSettings } from './messaging.providers.js';

/** How an application has the backbone for itself. */
export interface MessagingOptions {
  /** Names schema, roles, stream and durables: lower case, words joined by hyphens. */
  readonly service: string;
  /** The service's run-time login, whose schema was migrated with `CreateBackbone1700000000000` first. */
  readonly databaseUrl: string;
  readonly natsUrl: string;
  /** Prefix of subjects and streams where installations share a server. */
  readonly namespace?: string;
  /** Servers that keep each stream; 1 unless told. */
  readonly replicas?: number;
  /** Connections for business transactions; 10 unless told. Relay and leases have one each besides. */
  readonly poolSize?: number;
  readonly entities?: Entities;
  readonly logger?: Logger;
  /** Where the metrics go; a registry of its own unless told. */
  readonly registry?: Registry;
}

/**
 * The backbone by itself, for a Nest application that uses nothing else of the platform: inject `Database` and `Outbox`,
 * mark providers with `@Consumer`. It starts with the application and drains before it shuts down
 * (`app.enableShutdownHooks()`).
 */
@Module({})
export class MessagingModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    @Inject(Messaging) private readonly messaging: Messaging,
    @Inject(DiscoveryService) private readonly discovery: DiscoveryService,
    @Inject(Bus) private readonly bus: Bus,
    @Inject(DataSource) private readonly source: DataSource,
  ) {}

  static forRoot(options: MessagingOptions): DynamicModule {
    const providers = [...connectionProviders(options), ...messagingProviders(options.service)];
    return {
      module: MessagingModule,
      global: true,
      imports: [DiscoveryModule],
      providers,
      exports: providers.map((provider) => (provider as { provide: symbol }).provide),
    };
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.messaging.start(declaredReactions(this.discovery));
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.messaging.stop();
    await this.bus.close();
    await this.source.destroy();
  }
}

function connectionProviders(options: MessagingOptions): Provider[] {
  const { service, databaseUrl, natsUrl: url, namespace, replicas, poolSize = 10, entities = [] } = options;
  const settings: MessagingSettings = { databaseUrl, logger: options.logger ?? pino({ name: service }) };
  return [
    { provide: MESSAGING_SETTINGS, useValue: settings },
    { provide: Registry, useValue: options.registry ?? new Registry() },
    { provide: Bus, useFactory: () => Bus.connect({ url, name: `leadwire-${service}`, namespace, replicas }) },
    {
      provide: DataSource,
      useFactory: () => new DataSource(connectionOptions(service, databaseUrl, entities, poolSize) as DataSourceOptions).initialize(),
    },
    { provide: Database, useFactory: (source: DataSource) => new Database(source, serviceSchema(service), service), inject: [DataSource] },
  ];
}
