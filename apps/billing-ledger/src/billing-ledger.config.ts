import { integer, text, url } from '#leadwire/contracts';
import { Env, ServiceConfig } from '#leadwire/service-kit';

export class BillingLedgerConfig extends ServiceConfig {
  /** A local payments process, or any other host that speaks Stripe's API; Stripe itself when left out. */
  @Env('PAYMENTS_URL', url(), { optional: true }) paymentsUrl?: string;
  @Env('PAYMENTS_SECRET_KEY', text({ min: 8, max: 300 })) paymentsSecretKey: string;
  /** The secret of the endpoint `/v1/hooks/payments` at the provider. */
  @Env('PAYMENTS_WEBHOOK_SECRET', text({ min: 8, max: 300 })) paymentsWebhookSecret: string;
  /** The platform's address as a payer's browser sees it: where a checkout leads back to. */
  @Env('PUBLIC_URL', url()) publicUrl: string;
  /** How often reservations whose time is over are looked for, in milliseconds. */
  @Env('RESERVATION_SWEEP_MS', integer({ min: 50, max: 3_600_000 }), { default: 5_000 }) reservationSweepMs: number;

  /** Which account money is booked from: what came through a local process is not money at Stripe. */
  get paymentsName(): 'stripe' | 'local' {
    return this.paymentsUrl ? 'local' : 'stripe';
  }
}
