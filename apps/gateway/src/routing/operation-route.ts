import { Bus } from '#leadwire/bus';
import type { HttpFace, Operation, TextDocument } from '#leadwire/contracts';
import { newId, Problem, type Caller } from '#leadwire/kernel';
import { permit, RpcClient } from '#leadwire/rpc';
import { LOGGER } from '#leadwire/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import { context, propagation, SpanKind, trace } from '@opentelemetry/api';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import { Authenticator } from '../authentication/authenticator.js';
import { sendProblem } from '../problems/problem-document.js';
import { RateLimiter } from '../rate-limit/rate-limiter.js';
import { clientGone } from './client-gone.js';
import { idempotencyKey } from './idempotency-key.js';
import { readInput } from './read-input.js';

/** What every request goes through, the same for each operation: who, may they, how much, what, then the service. */
@Injectable()
export class OperationRoute {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly limiter: RateLimiter,
    private readonly rpc: RpcClient,
    private readonly bus: Bus,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Answers one request to an operation. */
  async handle(operation: Operation, http: HttpFace, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const requestId = requestIdOf(request);
    reply.header('x-request-id', requestId);
    const parent = propagation.extract(context.active(), request.headers);
    const span = trace.getTracer('leadwire').startSpan(`${http.method} ${http.path}`, { kind: SpanKind.SERVER, attributes: { 'service.name': 'gateway' } }, parent);
    await context.with(trace.setSpan(parent, span), async () => {
      try {
        send(reply, http, await this.answer(operation, http, request, reply, requestId));
      } catch (error) {
        this.refuse(operation, reply, error, requestId);
      }
    });
    span.end();
  }

  private async answer(operation: Operation, http: HttpFace, request: FastifyRequest, reply: FastifyReply, requestId: string): Promise<unknown> {
    const signal = clientGone(reply);
    const caller = await this.authenticator.authenticate(operation, request.headers.authorization);
    this.charge(operation, caller, request, reply);
    permit(operation, caller);
    const key = idempotencyKey(operation, request.headers['idempotency-key']);
    const owner = { tenantId: caller.tenantId, ...(key && { key: createHash('sha256').update(`${operation.id} ${key}`).digest('hex') }) };
    const input = await readInput(operation, http, request, { bus: this.bus, owner });
    return this.rpc.call(operation, input, { caller, requestId, signal, ...(key && { idempotencyKey: key }) });
  }

  private charge(operation: Operation, caller: Caller, request: FastifyRequest, reply: FastifyReply): void {
    const payer = caller.actor.kind === 'anonymous' ? `address ${request.ip}` : `${caller.tenantId} ${caller.actor.id}`;
    const budget = this.limiter.take(payer, operation);
    if (!budget) return;
    reply.header('ratelimit-limit', String(budget.limit));
    reply.header('ratelimit-remaining', String(budget.remaining));
    reply.header('ratelimit-reset', String(budget.resetSeconds));
  }

  private refuse(operation: Operation, reply: FastifyReply, error: unknown, requestId: string): void {
    if (!(error instanceof Problem)) this.logger.error({ err: error, operation: operation.id, requestId }, 'request failed');
    sendProblem(reply, error, requestId);
  }
}

function requestIdOf(request: FastifyRequest): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && /^[\w.-]{1,100}$/.test(given) ? given : newId();
}

function send(reply: FastifyReply, http: HttpFace, answer: unknown): void {
  const { status = 200, produces = 'json' } = http;
  reply.code(status).header('cache-control', 'no-store').header('x-content-type-options', 'nosniff');
  if (status === 204) reply.send();
  else if (produces === 'document') sendDocument(reply, answer as TextDocument);
  else reply.header('content-type', 'application/json; charset=utf-8').send(JSON.stringify(answer));
}

function sendDocument(reply: FastifyReply, document: TextDocument): void {
  if (document.fileName) reply.header('content-disposition', `attachment; filename="${document.fileName.replace(/[^\w.-]/g, '_')}"`);
  reply.header('content-type', document.contentType).header('content-security-policy', `default-src 'none'; form-action 'self'; style-src 'unsafe-inline'`);
  reply.send(document.body);
}
