import { timingSafeEqual } from 'node:crypto';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { Cashier } from './cashier.js';
import { newId } from './checkout-session.js';
import { EventLog } from './event-log.js';
import type { LocalPaymentsConfig } from './local-payments.config.js';
import { localRoutes } from './local.routes.js';
import { payPageRoutes } from './pay-page.routes.js';
import { sessionRoutes } from './session.routes.js';
import { StripeApiError } from './stripe-error.js';
import { WebhookSender } from './webhook-sender.js';

export interface RunningLocalPayments {
  url: string;
  close(): Promise<void>;
}

/** Starts the payments process; port 0 takes a free one. */
export async function startLocalPayments(config: LocalPaymentsConfig): Promise<RunningLocalPayments> {
  const events = new EventLog();
  const webhooks = new WebhookSender(config.webhookUrl, config.webhookSecret, events);
  const cashier = new Cashier(events, webhooks);
  const app = fastify({ forceCloseConnections: true, bodyLimit: 256 * 1024 });
  let url = '';
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, body),
  );
  app.addHook('onSend', async (_request, reply) => void reply.header('Request-Id', newId('req')));
  app.setErrorHandler(answerError);
  app.setNotFoundHandler(({ method, url: asked }) => {
    throw new StripeApiError(404, `Unrecognized request URL (${method}: ${asked}).`);
  });
  payPageRoutes(app, cashier);
  localRoutes(app, events, webhooks);
  await app.register(
    async (api: FastifyInstance) => {
      api.addHook('onRequest', authenticate(config.secretKey));
      sessionRoutes(api, cashier, () => config.publicUrl?.replace(/\/$/, '') ?? url);
    },
    { prefix: '/v1/checkout' },
  );
  url = await app.listen({ host: config.host, port: config.port });
  const close = async () => {
    webhooks.stop();
    await app.close();
  };
  return { url, close };
}

function answerError(error: unknown, _request: FastifyRequest, reply: FastifyReply) {
  const { statusCode = 500, message } = error as { statusCode?: number; message: string };
  const type = statusCode < 500 ? 'invalid_request_error' : 'api_error';
  const fault = error instanceof StripeApiError ? error : new StripeApiError(statusCode, message, { type });
  return reply.code(fault.status).send(fault.body());
}

function authenticate(secretKey: string) {
  const expected = Buffer.from(`Bearer ${secretKey}`);
  return async ({ headers }: FastifyRequest) => {
    const given = Buffer.from(headers.authorization ?? '');
    if (given.length !== expected.length || !timingSafeEqual(given, expected))
      throw new StripeApiError(401, 'Invalid API Key provided.');
  };
}
