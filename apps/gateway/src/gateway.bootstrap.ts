import type { BootstrapOptions } from '#leadwire/service-kit';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { serveDocuments } from './documents/serve-documents.js';
import { RouteNotFoundFilter } from './problems/route-not-found.filter.js';
import { OperationRoutes } from './routing/operation-routes.js';

const MAX_HEADER_PARAMETER = 500;

/** What the gateway's process has beside that of a service: the routes of every operation, and the documents. */
export function gatewayBootstrap(): BootstrapOptions {
  return {
    adapter: new FastifyAdapter({
      trustProxy: true,
      routerOptions: { maxParamLength: MAX_HEADER_PARAMETER },
      requestTimeout: 120_000,
      forceCloseConnections: 'idle',
    }),
    beforeListen: async (app) => {
      app.useGlobalFilters(new RouteNotFoundFilter());
      app.get(OperationRoutes).register(app.getHttpAdapter().getInstance());
      serveDocuments(app);
    },
  };
}
