import type { FastifyInstance } from 'fastify';
import type { CallRecord } from './call-record.js';
import type { CarrierExchange } from './carrier-exchange.js';

/** What a test or a demo may ask and no real carrier would answer. */
export function localRoutes(app: FastifyInstance, exchange: CarrierExchange): void {
  app.get('/_local/calls', async () => ({ calls: exchange.calls.all().map(summary) }));
  app.get('/_local/callbacks', async () => exchange.callbacks.counts);
}

function summary(call: CallRecord) {
  const { sid, to, from, outcome, persona, status, answeredBy, duration, dateCreated } = call;
  const statusCallback = call.statusCallback?.url ?? null;
  return { sid, to, from, statusCallback, outcome, persona, status, answeredBy, duration, dateCreated };
}
