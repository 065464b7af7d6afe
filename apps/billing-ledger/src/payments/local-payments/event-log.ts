import Stripe from 'stripe';
import { newId, type CheckoutSession } from './checkout-session.js';

type EventType = 'checkout.session.completed' | 'checkout.session.expired';

export interface LoggedEvent {
  event: { id: string; type: EventType; created: number; data: { object: CheckoutSession } };
  attempts: { at: string; status: number | null }[];
  delivered: boolean;
}

/** Every event this process ever made, and how its delivery went. */
export class EventLog {
  private readonly byId = new Map<string, LoggedEvent>();

  record(type: EventType, session: CheckoutSession): LoggedEvent {
    const event = {
      id: newId('evt'),
      object: 'event',
      api_version: Stripe.API_VERSION,
      created: Math.floor(Date.now() / 1000),
      // A copy: an event tells how the session was then.
      data: { object: structuredClone({ ...session, metadata: { ...session.metadata } }) },
      livemode: false,
      pending_webhooks: 1,
      request: { id: null, idempotency_key: null },
      type,
    };
    const logged = { event, attempts: [], delivered: false };
    this.byId.set(event.id, logged);
    return logged;
  }

  attempted(logged: LoggedEvent, status: number | null): boolean {
    const delivered = status !== null && status >= 200 && status < 300;
    logged.attempts.push({ at: new Date().toISOString(), status });
    logged.delivered ||= delivered;
    return delivered;
  }

  get(id: string): LoggedEvent | undefined {
    return this.byId.get(id);
  }

  all(): LoggedEvent[] {
    return [...this.byId.values()];
  }
}
