import type { FastifyInstance } from 'fastify';
import type { EventLog } from './event-log.js';
import { StripeApiError } from './stripe-error.js';
import type { WebhookSender } from './webhook-sender.js';

/** What a test or a demo may ask and the real provider would do in its dashboard. */
export function localRoutes(app: FastifyInstance, events: EventLog, webhooks: WebhookSender): void {
  app.get('/_local/events', async () => ({ events: events.all() }));

  app.post<{ Params: { id: string } }>('/_local/events/:id/redeliver', async ({ params }) => {
    const logged = events.get(params.id);
    if (!logged) throw new StripeApiError(404, `No such event: '${params.id}'`, { code: 'resource_missing' });
    const delivered = await webhooks.attempt(logged);
    return { id: params.id, delivered, status: logged.attempts.at(-1)?.status ?? null };
  });
}
