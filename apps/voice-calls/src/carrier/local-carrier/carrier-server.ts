import { timingSafeEqual } from 'node:crypto';
import { parse } from 'node:querystring';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { pino } from 'pino';
import { callRoutes } from './call.routes.js';
import { CarrierExchange } from './carrier-exchange.js';
import type { LocalCarrierConfig } from './local-carrier.config.js';
import { localRoutes } from './local.routes.js';
import { notAuthenticated, notFound, tooManyRequests, TwilioError } from './twilio-error.js';

export interface RunningLocalCarrier {
  url: string;
  close(): Promise<void>;
}

/** Starts the carrier; port 0 takes a free one. */
export async function startLocalCarrier(config: LocalCarrierConfig): Promise<RunningLocalCarrier> {
  const log = pino({ name: 'local-carrier', level: 'warn' }, pino.destination(2));
  const exchange = new CarrierExchange(config, log);
  const app = fastify({ forceCloseConnections: true, bodyLimit: 256 * 1024 });
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, parse(String(body))),
  );
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((request) => {
    throw notFound(request.url);
  });
  localRoutes(app, exchange);
  await app.register(
    async (account: FastifyInstance) => {
      account.addHook('onRequest', limitRate(config.requestsPerSecond));
      account.addHook('onRequest', authenticate(config));
      callRoutes(account, exchange, config.accountSid);
    },
    { prefix: `/2010-04-01/Accounts/${config.accountSid}` },
  );
  const url = await app.listen({ host: config.host, port: config.port });
  const close = async () => {
    exchange.stop();
    await app.close();
  };
  return { url, close };
}

function answerError(error: unknown, _request: FastifyRequest, reply: FastifyReply) {
  const { statusCode = 500, message } = error as { statusCode?: number; message: string };
  const fault =
    error instanceof TwilioError
      ? error
      : new TwilioError(statusCode, statusCode < 500 ? 20001 : 20500, message);
  return reply.code(fault.status).send(fault.body());
}

function authenticate({ accountSid, authToken }: LocalCarrierConfig) {
  const expected = Buffer.from(`Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`);
  return async (request: FastifyRequest) => {
    const given = Buffer.from(request.headers.authorization ?? '');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw notAuthenticated();
  };
}

function limitRate(perSecond: number) {
  let second = 0;
  let count = 0;
  return async () => {
    const now = Math.floor(Date.now() / 1000);
    count = now === second ? count + 1 : 1;
    second = now;
    if (perSecond > 0 && count > perSecond) throw tooManyRequests();
  };
}
