import { Bus } from '#leadwire/bus';
import { generateContextKeys } from '#leadwire/rpc';
import { setEnvironment, testServers } from '#leadwire/testing';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { randomBytes } from 'node:crypto';
import { gatewayBootstrap } from './gateway.bootstrap.js';
import { GatewayModule } from './gateway.module.js';

/** The gateway alone on the real bus: nobody answers its calls. */
export async function startGateway(environment: Record<string, string> = {}): Promise<NestFastifyApplication> {
  setEnvironment({
    GATEWAY_NATS_URL: testServers().natsUrl,
    GATEWAY_BUS_NAMESPACE: `t${randomBytes(5).toString('hex')}`,
    GATEWAY_CONTEXT_KEYS: generateContextKeys(['gateway'])['gateway']!,
    GATEWAY_LOG_LEVEL: 'silent',
    ...environment,
  });
  const { adapter, beforeListen } = gatewayBootstrap();
  const testing = await Test.createTestingModule({ imports: [GatewayModule] }).compile();
  const app = testing.createNestApplication<NestFastifyApplication>(adapter ?? new FastifyAdapter(), { logger: false });
  await beforeListen?.(app);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return app;
}

/** Closes the gateway and its connection. */
export async function stopGateway(app: NestFastifyApplication): Promise<void> {
  const bus = app.get(Bus);
  await app.close();
  await bus.close();
}
