import Stripe from 'stripe';
import type {
  Checkout,
  CheckoutFailure,
  CheckoutRequest,
  PaymentEvent,
  PaymentProvider,
  WebhookRefusal,
} from './payment-provider.port.js';
import { readCheckoutEvent } from './stripe-event.js';

export interface StripePaymentsOptions {
  secretKey: string;
  webhookSecret: string;
  /** Another host that speaks the same API, such as the local payments process. */
  baseUrl?: string;
  /** Milliseconds for one request, 20,000 when not given. */
  timeoutMs?: number;
}

const toleranceSeconds = 300;

export class StripePayments implements PaymentProvider {
  private readonly stripe: Stripe;
  private readonly webhookSecret: string;

  constructor({ secretKey, webhookSecret, baseUrl, timeoutMs = 20_000 }: StripePaymentsOptions) {
    this.stripe = new Stripe(secretKey, { timeout: timeoutMs, telemetry: false, ...addressOf(baseUrl) });
    this.webhookSecret = webhookSecret;
  }

  async createCheckout(request: CheckoutRequest): Promise<Checkout | CheckoutFailure> {
    const { tenantId, reference, amountMinor, currency, successUrl, cancelUrl, idempotencyKey } = request;
    const price = {
      currency: currency.toLowerCase(),
      unit_amount: amountMinor,
      product_data: { name: 'Wallet top-up' },
    };
    try {
      const session = await this.stripe.checkout.sessions.create(
        {
          mode: 'payment',
          line_items: [{ quantity: 1, price_data: price }],
          client_reference_id: reference,
          metadata: { tenant_id: tenantId, reference },
          success_url: successUrl,
          cancel_url: cancelUrl,
        },
        // All tenants share one account at the provider, and with it one space of keys.
        { idempotencyKey: `${tenantId}:${idempotencyKey}` },
      );
      if (session.url) return { sessionId: session.id, url: session.url };
      return { failed: 'rejected', code: 'no_url', message: `session ${session.id} is not open for payment` };
    } catch (error) {
      return failureFrom(error);
    }
  }

  readWebhook(rawBody: Buffer, signatureHeader: string | undefined): PaymentEvent | WebhookRefusal {
    try {
      const header = signatureHeader ?? '';
      const event = this.stripe.webhooks.constructEvent(
        rawBody,
        header,
        this.webhookSecret,
        toleranceSeconds,
      );
      return readCheckoutEvent(event) ?? { refused: 'malformed' };
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeSignatureVerificationError)) return { refused: 'malformed' };
      // The SDK compares the time only after the signature has matched.
      return { refused: error.message.startsWith('Timestamp outside') ? 'stale' : 'bad-signature' };
    }
  }
}

function addressOf(baseUrl: string | undefined) {
  if (!baseUrl) return {};
  const { hostname, port, protocol } = new URL(baseUrl);
  const scheme: 'http' | 'https' = protocol === 'http:' ? 'http' : 'https';
  return { host: hostname, port: port || (scheme === 'http' ? 80 : 443), protocol: scheme };
}

function failureFrom(error: unknown): CheckoutFailure {
  if (!(error instanceof Stripe.errors.StripeError)) throw error;
  const { statusCode, code, rawType, type, message } = error;
  const refused =
    statusCode !== undefined &&
    statusCode >= 400 &&
    statusCode < 500 &&
    statusCode !== 429 &&
    statusCode !== 409;
  return { failed: refused ? 'rejected' : 'unavailable', code: code ?? rawType ?? type, message };
}
