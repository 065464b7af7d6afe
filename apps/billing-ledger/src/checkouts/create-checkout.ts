import { BillingProblems, type CheckoutView, type CreateCheckout as CreateCheckoutInput } from '#leadwire/contracts';
import { Database, type TenantTx } from '#leadwire/database';
import { compareDecimals, isId, newId, Problems, type Problem } from '#leadwire/kernel';
import type { Call } from '#leadwire/rpc';
import { LOGGER } from '#leadwire/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { BillingLedgerConfig } from '../billing-ledger.config.js';
import type { CheckoutFailure, PaymentProvider } from '../payments/payment-provider.port.js';
import { PAYMENTS } from '../payments/payments.provider.js';
import { CURRENCY, ensureWallet } from '../wallets/ensure-wallet.js';
import { MOST_MINOR_UNITS, toMinorUnits } from './minor-units.js';
import { checkoutView, PaymentEntity } from './payment.entity.js';

const INTEND = `
  insert into billing_payments (tenant_id, id, wallet_id, provider, idempotency_key, amount, currency, created_by)
  values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (tenant_id, idempotency_key) do nothing`;
// A webhook may have come before this: it knows the session, and the payer's page is of use no more.
const OPENED = `
  update billing_payments set session_id = coalesce(session_id, $2), checkout_url = coalesce(checkout_url, $3), updated_at = now()
  where id = $1`;

/**
 * Opens a checkout. Its row is written before the provider is asked, and its id is the provider's reference and
 * idempotency key: whoever repeats the request after a crash in between gets the session that was opened then.
 */
@Injectable()
export class CreateCheckout {
  constructor(
    private readonly database: Database,
    private readonly config: BillingLedgerConfig,
    @Inject(PAYMENTS) private readonly payments: PaymentProvider,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async execute(call: Call<CreateCheckoutInput>): Promise<CheckoutView> {
    if (toMinorUnits(call.input.amount) > MOST_MINOR_UNITS) throw BillingProblems.amount({ detail: 'One checkout takes at most 999999.99.' });
    const payment = await this.database.forTenant(call.caller, (tx) => this.intend(tx, call));
    if (payment.checkoutUrl) return checkoutView(payment);
    const session = await this.payments.createCheckout(this.request(payment));
    if ('failed' in session) throw this.problem(payment.id, session);
    return this.database.forTenant(call.caller, async (tx) => {
      await tx.query(OPENED, [payment.id, session.sessionId, session.url]);
      return checkoutView(await tx.manager.findOneByOrFail(PaymentEntity, { id: payment.id }));
    });
  }

  private async intend(tx: TenantTx, call: Call<CreateCheckoutInput>): Promise<PaymentEntity> {
    const { amount, currency = CURRENCY } = call.input;
    const id = newId();
    const key = call.idempotencyKey ?? id;
    const { id: actor } = call.caller.actor;
    const walletId = await ensureWallet(tx);
    await tx.query(INTEND, [tx.tenantId, id, walletId, this.config.paymentsName, key, amount, currency, isId(actor) ? actor : null]);
    const payment = await tx.manager.findOneByOrFail(PaymentEntity, { idempotencyKey: key });
    if (compareDecimals(payment.amount, amount) !== 0 || payment.currency !== currency) throw Problems.idempotencyConflict();
    return payment;
  }

  private request({ id, tenantId, amount, currency }: PaymentEntity) {
    const back = `${this.config.publicUrl.replace(/\/$/, '')}/v1/checkouts/${id}`;
    return { tenantId, amountMinor: toMinorUnits(amount), currency, reference: id, idempotencyKey: id, successUrl: back, cancelUrl: back };
  }

  private problem(paymentId: string, failure: CheckoutFailure): Problem {
    this.logger.warn({ paymentId, failure }, 'no checkout at the payment provider');
    if (failure.code.startsWith('amount_too')) return BillingProblems.amount({ detail: failure.message });
    return BillingProblems.providerFailed();
  }
}
