import 'reflect-metadata';
import { Bus } from '#leadwire/bus';
import type { RpcServer } from '#leadwire/rpc';
import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { CoreConfig } from './config/core.config.js';
import { Readiness } from './health/readiness.js';
import { NestLogger } from './logging/nest-logger.js';
import { LOGGER, RPC_SERVER, SERVICE_NAME } from './module/core.module.js';
import { Lifecycle } from './module/lifecycle.js';
import { flushTraces, startTracing } from './tracing/start-tracing.js';

/** A service that runs; `stop` drains it: no request dropped, no event half done. */
export interface RunningService {
  readonly name: string;
  /** Where its HTTP side (health, metrics, at the gateway the API) is reached. */
  readonly url: string;
  readonly app: NestFastifyApplication;
  stop(): Promise<void>;
}

/** How a process differs from the others before it listens: the gateway adds its routes here. */
export interface BootstrapOptions {
  adapter?: FastifyAdapter;
  beforeListen?: (app: NestFastifyApplication) => Promise<void>;
}

/** Starts a service: its container, its operations on the bus, its relay and consumers, its HTTP side. */
export async function bootstrap(module: Type, options: BootstrapOptions = {}): Promise<RunningService> {
  const app = await NestFactory.create<NestFastifyApplication>(module, options.adapter ?? new FastifyAdapter(), {
    bufferLogs: true,
    abortOnError: false,
  });
  const config = app.get(CoreConfig);
  const logger = app.get<Logger>(LOGGER);
  const name = app.get<string>(SERVICE_NAME);
  startTracing({ endpoint: config.otlpEndpoint });
  app.useLogger(new NestLogger(logger));
  await options.beforeListen?.(app);
  await app.init();
  await connectRequests(app);
  await app.get(Lifecycle).start();
  await app.listen(config.httpPort, config.httpHost);
  app.get(Readiness).accepting = true;
  const url = (await app.getUrl()).replace('0.0.0.0', '127.0.0.1').replace('[::1]', '127.0.0.1');
  logger.info({ url }, 'ready');
  return { name, url, app, stop: once(() => stop(app, logger)) };
}

/** Runs a service as the process: stops by SIGTERM or SIGINT, exits 1 with one clear line when it cannot start. */
export async function runService(module: Type, options: BootstrapOptions = {}): Promise<void> {
  try {
    stopOnSignal([await bootstrap(module, options)]);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}

/** Stops services one after the other, in the order given, when the process is asked to end. */
export function stopOnSignal(services: RunningService[]): void {
  const end = once(async () => {
    for (const service of services) await service.stop();
    await flushTraces();
    process.exit(0);
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void end());
}

async function connectRequests(app: NestFastifyApplication): Promise<void> {
  const strategy = app.get<RpcServer | undefined>(RPC_SERVER);
  if (!strategy) return;
  app.connectMicroservice<MicroserviceOptions>({ strategy });
  await app.startAllMicroservices();
}

async function stop(app: NestFastifyApplication, logger: Logger): Promise<void> {
  app.get(Readiness).accepting = false;
  await app.get(Lifecycle).stop().catch((error: unknown) => logger.error({ err: error }, 'not everything stopped in order'));
  const bus = app.get(Bus);
  await app.close();
  await bus.close();
  logger.info('stopped');
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => (done ??= work());
}
