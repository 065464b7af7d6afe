import { newId, type CheckoutSession } from './checkout-session.js';
import type { EventLog } from './event-log.js';
import { noSuchSession, StripeApiError } from './stripe-error.js';
import type { WebhookSender } from './webhook-sender.js';

const goodCard = '4242424242424242';
const declinedCard = '4000000000000002';

/** Keeps the sessions and takes the money. A session is paid once, whatever is posted to it. */
export class Cashier {
  private readonly sessions = new Map<string, CheckoutSession>();

  constructor(
    private readonly events: EventLog,
    private readonly webhooks: WebhookSender,
  ) {}

  keep(session: CheckoutSession): void {
    this.sessions.set(session.id, session);
  }

  get(id: string): CheckoutSession {
    const session = this.sessions.get(id);
    if (!session) throw noSuchSession(id);
    return session;
  }

  /** Undefined when paid, else what the payer is told. Waits for the first delivery, as Stripe's page does. */
  async pay(session: CheckoutSession, cardNumber: string): Promise<string | undefined> {
    if (session.status === 'complete') return undefined;
    if (session.status === 'expired' || session.expires_at * 1000 < Date.now())
      return 'This session has expired.';
    const declined = whyDeclined(cardNumber.replace(/[\s-]/g, ''));
    if (declined) return declined;
    Object.assign(session, {
      status: 'complete',
      payment_status: 'paid',
      payment_intent: newId('pi'),
      url: null,
    });
    await this.webhooks.deliver(this.events.record('checkout.session.completed', session));
    return undefined;
  }

  expire(session: CheckoutSession): CheckoutSession {
    if (session.status !== 'open')
      throw new StripeApiError(
        400,
        `Only Checkout Sessions with a status in ["open"] can be expired. This one is ${session.status}.`,
      );
    Object.assign(session, { status: 'expired', url: null });
    void this.webhooks.deliver(this.events.record('checkout.session.expired', session));
    return session;
  }
}

function whyDeclined(number: string): string | undefined {
  if (number === goodCard) return undefined;
  if (!/^\d{12,19}$/.test(number) || !passesLuhn(number)) return 'Your card number is invalid.';
  if (number === declinedCard) return 'Your card was declined.';
  return 'Your card was declined. This is a test process: only test cards pay.';
}

function passesLuhn(number: string): boolean {
  const sum = [...number].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
