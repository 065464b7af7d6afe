import { Bus } from '#leadwire/bus';
import type { DtoClass } from '#leadwire/contracts';
import { ContextKeys, RpcClient, RpcMetrics, SignedContexts } from '#leadwire/rpc';
import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import type { Logger } from 'pino';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { busSettings } from '../config/bus-settings.js';
import { CoreConfig } from '../config/core.config.js';
import { loadConfig } from '../config/load-config.js';
import { HealthController } from '../health/health.controller.js';
import { Readiness } from '../health/readiness.js';
import { processLogger } from '../logging/process-logger.js';
import { MetricsController } from '../metrics/metrics.controller.js';
import { Lifecycle } from './lifecycle.js';

/** Injects the service's pino logger. */
export const LOGGER = Symbol('leadwire:logger');
/** Injects the service's name. */
export const SERVICE_NAME = Symbol('leadwire:service-name');
/** Injects the server of the process's operations; undefined in a process that answers none (the gateway). */
export const RPC_SERVER = Symbol('leadwire:rpc-server');

/** What every process has: config, log, metrics, health, the bus, and the client to call others. */
@Module({})
export class CoreModule {
  static forProcess<C extends CoreConfig>(name: string, config: DtoClass<C>): DynamicModule {
    const providers = coreProviders(name, config);
    return {
      module: CoreModule,
      global: true,
      imports: [TerminusModule.forRoot({ logger: false })],
      controllers: [HealthController, MetricsController],
      providers,
      exports: providers.map((provider) => (provider as { provide: symbol }).provide),
    };
  }
}

function coreProviders<C extends CoreConfig>(name: string, config: DtoClass<C>): Provider[] {
  return [
    { provide: SERVICE_NAME, useValue: name },
    { provide: config, useFactory: () => loadConfig(config, name) },
    ...(config === (CoreConfig as unknown) ? [] : [{ provide: CoreConfig, useExisting: config }]),
    { provide: LOGGER, useFactory: (settings: CoreConfig) => processLogger(name, settings.logLevel), inject: [config] },
    { provide: Registry, useFactory: () => newRegistry(name) },
    { provide: Readiness, useFactory: () => new Readiness() },
    { provide: Lifecycle, useFactory: () => new Lifecycle() },
    { provide: Bus, useFactory: connectBus, inject: [config, SERVICE_NAME, LOGGER] },
    { provide: ContextKeys, useFactory: (settings: CoreConfig) => ContextKeys.read(name, settings.contextKeys), inject: [config] },
    { provide: SignedContexts, useFactory: (keys: ContextKeys) => new SignedContexts(keys), inject: [ContextKeys] },
    { provide: RpcMetrics, useFactory: (registry: Registry) => new RpcMetrics(registry), inject: [Registry] },
    {
      provide: RpcClient,
      useFactory: (bus: Bus, contexts: SignedContexts, metrics: RpcMetrics, logger: Logger) => new RpcClient(bus, contexts, { metrics, logger }),
      inject: [Bus, SignedContexts, RpcMetrics, LOGGER],
    },
  ];
}

function newRegistry(service: string): Registry {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  return registry;
}

async function connectBus(config: CoreConfig, service: string, logger: Logger): Promise<Bus> {
  const bus = await Bus.connect({ ...busSettings(config), name: `leadwire-${service}` });
  logger.debug({ server: bus.connection.getServer() }, 'bus connected');
  return bus;
}
