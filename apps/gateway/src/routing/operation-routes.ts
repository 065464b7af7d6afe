import { ALL_OPERATIONS } from '#leadwire/contracts';
import { Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { OperationRoute } from './operation-route.js';

/** Registers the route of every operation that has one: the contracts are the gateway's routing table. */
@Injectable()
export class OperationRoutes {
  constructor(private readonly route: OperationRoute) {}

  register(fastify: FastifyInstance): void {
    void fastify.register(async (scope) => {
      // Each operation reads its own body: as JSON, untouched, or as a stream into the object store.
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
      for (const operation of ALL_OPERATIONS) {
        const { http } = operation;
        if (!http) continue;
        scope.route({ method: http.method, url: http.path, handler: (request, reply) => this.route.handle(operation, http, request, reply) });
      }
    });
  }
}
