/** What billing-ledger needs of a payment provider. Every expected failure is a value, never a throw. */
export interface PaymentProvider {
  /** Opens a hosted checkout. Repeat it with the same `idempotencyKey` and it answers the same session. */
  createCheckout(request: CheckoutRequest): Promise<Checkout | CheckoutFailure>;
  /** Reads a webhook from the bytes as they came; the signature is checked before anything else. */
  readWebhook(rawBody: Buffer, signatureHeader: string | undefined): PaymentEvent | WebhookRefusal;
}

export interface CheckoutRequest {
  tenantId: string;
  /** Whole minor units of the currency: cents for USD. Above 0. */
  amountMinor: number;
  /** ISO 4217, in either case. */
  currency: string;
  /** Our own id of the top-up; comes back in the event. */
  reference: string;
  successUrl: string;
  cancelUrl: string;
  /** Unique within the tenant. */
  idempotencyKey: string;
}

export interface Checkout {
  sessionId: string;
  /** Where the payer is sent. */
  url: string;
}

/**
 * `rejected`: the provider said no, or the key was used before with other input.
 * `unavailable`: no usable answer. Safe to repeat with the same idempotency key, whether or not it was done.
 */
export interface CheckoutFailure {
  failed: 'rejected' | 'unavailable';
  code: string;
  message: string;
}

export type PaymentEvent = CheckoutEvent | OtherEvent;

export interface CheckoutEvent {
  /** The provider's id of the event: the same in every delivery of it. */
  id: string;
  kind: 'checkout-paid' | 'checkout-expired';
  sessionId: string;
  tenantId: string;
  reference: string;
  amountMinor: number;
  /** ISO 4217, upper case. */
  currency: string;
}

/** Signed and well-formed, but nothing this platform acts on. */
export interface OtherEvent {
  id: string;
  kind: 'other';
  type: string;
}

export interface WebhookRefusal {
  refused: 'bad-signature' | 'stale' | 'malformed';
}
