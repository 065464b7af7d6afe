import type { FastifyInstance } from 'fastify';
import type { Cashier } from './cashier.js';
import type { CheckoutSession } from './checkout-session.js';

type Target = { Params: { id: string }; Body: string };

/** The page a payer is sent to, and the form it posts. */
export function payPageRoutes(app: FastifyInstance, cashier: Cashier): void {
  app.get<Target>('/pay/:id', async ({ params }, reply) => {
    reply.type('text/html; charset=utf-8');
    return page(cashier.get(params.id));
  });

  app.post<Target>('/pay/:id', async ({ params, body }, reply) => {
    const session = cashier.get(params.id);
    const fault = await cashier.pay(session, new URLSearchParams(body ?? '').get('card_number') ?? '');
    if (fault) return reply.code(402).type('text/html; charset=utf-8').send(page(session, fault));
    return reply.redirect((session.success_url ?? '/').replaceAll('{CHECKOUT_SESSION_ID}', session.id), 303);
  });
}

function page(session: CheckoutSession, fault?: string): string {
  const amount = `${((session.amount_total ?? 0) / 100).toFixed(2)} ${session.currency.toUpperCase()}`;
  const form = `<form method="post"><label>Card number <input name="card_number" inputmode="numeric" autocomplete="cc-number"
    value="4242 4242 4242 4242" required></label> <button>Pay ${escape(amount)}</button></form>`;
  const said = fault ? `<p role="alert">${escape(fault)}</p>` : '';
  const body = session.status === 'open' ? said + form : `<p>This session is ${session.status}.</p>`;
  const back = session.cancel_url ? `<p><a href="${escape(session.cancel_url)}">Cancel</a></p>` : '';
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Pay ${escape(amount)}</title>
    <h1>Pay ${escape(amount)}</h1><p>Test process: no money moves. 4242 4242 4242 4242 pays, 4000 0000 0000 0002 declines.</p>${body}${back}</html>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
