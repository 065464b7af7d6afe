import type { Provider } from '@nestjs/common';
import { BillingLedgerConfig } from '../billing-ledger.config.js';
import { StripePayments } from './stripe-payments.js';

/** Injects the PaymentProvider. */
export const PAYMENTS = Symbol('billing-ledger:payments');

// Three tries of it and the pauses between are shorter than a caller waits, so that "does not answer" is ours to say.
const TIMEOUT_MS = 5_000;

export const paymentsProvider: Provider = {
  provide: PAYMENTS,
  useFactory: (config: BillingLedgerConfig) =>
    new StripePayments({
      secretKey: config.paymentsSecretKey,
      webhookSecret: config.paymentsWebhookSecret,
      timeoutMs: TIMEOUT_MS,
      ...(config.paymentsUrl && { baseUrl: config.paymentsUrl }),
    }),
  inject: [BillingLedgerConfig],
};
