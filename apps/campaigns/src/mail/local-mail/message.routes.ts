import type { FastifyInstance } from 'fastify';
import type { InboundForwarder } from './inbound-forwarder.js';
import type { MailStore, StoredMail } from './mail-store.js';

interface Query {
  to?: string;
  messageId?: string;
  limit?: string;
}

/** The mail that came, for tests, the demo and the delivery look-up. */
export function messageRoutes(app: FastifyInstance, store: MailStore, forwarder: InboundForwarder): void {
  app.get<{ Querystring: Query }>('/_local/messages', async ({ query: { to, messageId, limit } }, reply) => {
    if (limit !== undefined && !/^\d{1,6}$/.test(limit))
      return reply.code(400).send({ error: 'limit must be a whole number' });
    const found = store.find({ to, messageId });
    return { total: found.length, messages: found.slice(0, Number(limit ?? 100)).map(summary) };
  });

  app.get('/_local/messages/count', async () => ({ count: store.count }));
  app.get('/_local/inbound', async () => forwarder.counts);

  app.get<{ Params: { id: string } }>('/_local/messages/:id/raw', async ({ params }, reply) => {
    const mail = store.get(params.id);
    if (!mail) return reply.code(404).send({ error: `no message ${params.id}` });
    return reply.type('message/rfc822').send(mail.raw);
  });
}

function summary({ id, receivedAt, envelope, messageId, headers, raw }: StoredMail) {
  return { id, receivedAt, envelope, messageId, subject: headers.subject ?? null, headers, size: raw.length };
}
