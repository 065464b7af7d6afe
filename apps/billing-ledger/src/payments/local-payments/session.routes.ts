import type { FastifyInstance } from 'fastify';
import { readBracketForm } from './bracket-form.js';
import type { Cashier } from './cashier.js';
import { openSession } from './checkout-session.js';
import { IdempotentAnswers } from './idempotent-answers.js';

/** `/v1/checkout/sessions`, as in Stripe's API. */
export function sessionRoutes(app: FastifyInstance, cashier: Cashier, publicUrl: () => string): void {
  const answers = new IdempotentAnswers();

  app.post<{ Body: string }>('/sessions', async ({ body, headers, url }, reply) => {
    const key = [headers['idempotency-key'] ?? []].flat()[0];
    const { answer, replayed } = answers.once(key, `${url}\n${body ?? ''}`, () => {
      const session = openSession(readBracketForm(body ?? ''), publicUrl());
      cashier.keep(session);
      return session;
    });
    if (replayed) reply.header('Idempotent-Replayed', 'true');
    return answer;
  });

  app.get<{ Params: { id: string } }>('/sessions/:id', async ({ params }) => cashier.get(params.id));
  app.post<{ Params: { id: string } }>('/sessions/:id/expire', async ({ params }) =>
    cashier.expire(cashier.get(params.id)),
  );
}
