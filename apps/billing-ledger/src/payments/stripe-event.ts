import type { CheckoutEvent, PaymentEvent } from './payment-provider.port.js';

interface Fields {
  [name: string]: unknown;
}

/** Reads a verified Stripe event; undefined when it does not have the shape it should. */
export function readCheckoutEvent(event: unknown): PaymentEvent | undefined {
  if (!isFields(event) || typeof event.id !== 'string' || typeof event.type !== 'string') return undefined;
  const session = isFields(event.data) ? event.data.object : undefined;
  const kind = kindOf(event.type, session);
  if (kind === 'other') return { id: event.id, kind, type: event.type };
  if (!isFields(session) || !isFields(session.metadata)) return undefined;
  const { id: sessionId, client_reference_id: reference, amount_total: amountMinor, currency } = session;
  const tenantId = session.metadata.tenant_id;
  if (typeof sessionId !== 'string' || typeof reference !== 'string' || typeof tenantId !== 'string')
    return undefined;
  if (!Number.isSafeInteger(amountMinor) || typeof currency !== 'string') return undefined;
  const amount = amountMinor as number;
  return {
    id: event.id,
    kind,
    sessionId,
    tenantId,
    reference,
    amountMinor: amount,
    currency: currency.toUpperCase(),
  };
}

// A session completes before a bank transfer arrives: only "paid" is money.
function kindOf(type: string, session: unknown): CheckoutEvent['kind'] | 'other' {
  if (type === 'checkout.session.expired') return 'checkout-expired';
  const completed =
    type === 'checkout.session.completed' || type === 'checkout.session.async_payment_succeeded';
  return completed && isFields(session) && session.payment_status === 'paid' ? 'checkout-paid' : 'other';
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
