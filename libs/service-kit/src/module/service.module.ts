import { Bus } from '#leadwire/bus';
import type { backboneOperations, DtoClass, Operation, ServiceName } from '#leadwire/contracts';
import { connectionOptions, Database, serviceSchema, type Entities } from '#leadwire/database';
import { MESSAGING_SETTINGS, messagingProviders, type MessagingSettings } from '#leadwire/messaging';
import { OperationRouter, RefusedContexts, RpcMetrics, RpcServer, SignedContexts } from '#leadwire/rpc';
import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { Logger } from 'pino';
import { DataSource } from 'typeorm';
import { backboneControllers } from '../backbone/backbone-controllers.js';
import { ServiceConfig } from '../config/service.config.js';
import { CoreModule, LOGGER, RPC_SERVER } from './core.module.js';
import { ServiceStart } from './service-start.js';

/** What a service says of itself; everything else is the same for all. */
export interface ServiceDefinition<C extends ServiceConfig = ServiceConfig> {
  readonly name: ServiceName;
  readonly config: DtoClass<C>;
  readonly entities: Entities;
  /** Every operation of the service's contract. */
  readonly operations: Record<string, Operation<any, any>>;
}

/** The ground a service stands on: its schema, its outbox and relay, its consumers, its operations on the bus. */
@Module({})
export class ServiceModule {
  static forService<C extends ServiceConfig>(service: ServiceDefinition<C>): DynamicModule {
    const providers = serviceProviders(service);
    return {
      module: ServiceModule,
      global: true,
      imports: [
        CoreModule.forProcess(service.name, service.config),
        DiscoveryModule,
        TypeOrmModule.forRootAsync({
          useFactory: (config: ServiceConfig) =>
            connectionOptions(service.name, config.databaseUrl, service.entities, config.databasePool),
          inject: [service.config],
        }),
      ],
      controllers: backboneControllers(service.name, service.operations as ReturnType<typeof backboneOperations>),
      providers: [...providers, ServiceStart],
      exports: [...providers.map((provider) => (provider as { provide: symbol }).provide), CoreModule],
    };
  }
}

function serviceProviders<C extends ServiceConfig>({ name, config, operations }: ServiceDefinition<C>): Provider[] {
  return [
    ...(config === (ServiceConfig as unknown) ? [] : [{ provide: ServiceConfig, useExisting: config }]),
    { provide: Database, useFactory: (source: DataSource) => new Database(source, serviceSchema(name), name), inject: [DataSource] },
    {
      provide: MESSAGING_SETTINGS,
      useFactory: ({ databaseUrl }: C, logger: Logger): MessagingSettings => ({ databaseUrl, logger }),
      inject: [config, LOGGER],
    },
    ...messagingProviders(name),
    {
      provide: OperationRouter,
      useFactory: (contexts: SignedContexts, database: Database, logger: Logger, metrics: RpcMetrics) =>
        new OperationRouter(contexts, database, new RefusedContexts(database, logger, metrics)),
      inject: [SignedContexts, Database, LOGGER, RpcMetrics],
    },
    {
      provide: RpcServer,
      useFactory: (bus: Bus, router: OperationRouter, logger: Logger, metrics: RpcMetrics) =>
        new RpcServer({ service: name, bus, logger, metrics, router, operations: Object.values(operations) }),
      inject: [Bus, OperationRouter, LOGGER, RpcMetrics],
    },
    { provide: RPC_SERVER, useExisting: RpcServer },
  ];
}
