import { billingOperations as operations, type CheckoutView } from '#leadwire/contracts';
import type { Caller } from '#leadwire/kernel';
import { ServiceHarness, webhookStatus } from '#leadwire/testing';
import { billingLedgerMigrations } from '../migrations/index.js';
import { BillingLedgerModule } from './billing-ledger.module.js';
import { startLocalPayments, type RunningLocalPayments } from './payments/local-payments/payments-server.js';
import { WebhookReceiver } from './testing/webhook-receiver.js';

export const WEBHOOK_SECRET = 'whsec_harness1234';
const SECRET_KEY = 'sk_test_harness1234';
const GOOD_CARD = '4242424242424242';

/** The billing-ledger service on a real database and bus, its payments at a local process, webhooks handed on as the gateway does. */
export class BillingHarness {
  private constructor(
    readonly service: ServiceHarness,
    readonly webhooks: WebhookReceiver,
    private readonly payments: RunningLocalPayments,
  ) {}

  static async start({ sweepMs = 100 } = {}): Promise<BillingHarness> {
    const webhooks = await WebhookReceiver.start();
    const local = { host: '127.0.0.1', port: 0, secretKey: SECRET_KEY, webhookSecret: WEBHOOK_SECRET, webhookUrl: webhooks.url, publicUrl: undefined };
    const payments = await startLocalPayments(local);
    const service = await ServiceHarness.start({
      name: 'billing-ledger',
      module: BillingLedgerModule,
      migrations: billingLedgerMigrations,
      environment: {
        BILLING_LEDGER_PAYMENTS_URL: payments.url,
        BILLING_LEDGER_PAYMENTS_SECRET_KEY: SECRET_KEY,
        BILLING_LEDGER_PAYMENTS_WEBHOOK_SECRET: WEBHOOK_SECRET,
        BILLING_LEDGER_PUBLIC_URL: 'https://app.example',
        BILLING_LEDGER_RESERVATION_SWEEP_MS: String(sweepMs),
      },
    });
    webhooks.forward = (webhook) => webhookStatus(service.call(operations.receivePayment, webhook));
    return new BillingHarness(service, webhooks, payments);
  }

  /** The payer enters a card; returns once the first webhook was answered. */
  pay({ url }: CheckoutView): Promise<Response> {
    return fetch(url, { method: 'POST', body: new URLSearchParams({ card_number: GOOD_CARD }), redirect: 'manual' });
  }

  /** A tenant whose wallet holds `amount`, paid the way tenants pay. */
  async fundedTenant(amount: string): Promise<Caller> {
    const caller = this.service.caller();
    await this.pay(await this.service.call(operations.createCheckout, { amount }, caller));
    return caller;
  }

  /** Sends an event of the provider again, signed afresh; answers the status it was given. */
  async redeliver(eventId: string): Promise<number> {
    const answer = await fetch(`${this.payments.url}/_local/events/${eventId}/redeliver`, { method: 'POST' });
    return ((await answer.json()) as { status: number }).status;
  }

  /** Lets a reservation's time be over now. */
  async expire(reservationId: string): Promise<void> {
    await this.service.rows(`update billing_reservations set expires_at = now() - interval '1 second' where id = $1`, [reservationId]);
  }

  stopPayments(): Promise<void> {
    return this.payments.close();
  }

  async stop(): Promise<void> {
    await this.service.stop();
    await this.stopPayments();
    await this.webhooks.close();
  }
}
