import { BillingProblems, paymentSucceeded } from '#leadwire/contracts';
import type { TenantTx } from '#leadwire/database';
import { newId } from '#leadwire/kernel';
import { Outbox } from '#leadwire/messaging';
import { Injectable } from '@nestjs/common';
import type { LedgerResult } from '../ledger/sql/ledger-result.js';
import { topupWallet } from '../ledger/sql/topup-wallet.js';
import type { CheckoutEvent } from '../payments/payment-provider.port.js';
import { shownMoney } from '../pricing/rules/money.js';
import { TellBalance } from '../wallets/tell-balance.js';
import { toMinorUnits } from './minor-units.js';
import { PaymentEntity } from './payment.entity.js';

const SEEN = `
  insert into billing_payment_events (tenant_id, provider, provider_event_id, payment_id, event_type, payload)
  values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning provider_event_id`;
const EXPIRED = `update billing_payments set status = 'expired', updated_at = now() where id = $1`;
const PAID = `
  update billing_payments set status = 'succeeded', paid_at = now(), session_id = $2, ledger_transaction_id = $3, updated_at = now()
  where id = $1`;

/** Books what the provider says of a checkout: once per event, and a checkout is paid once. */
@Injectable()
export class BookPayment {
  constructor(
    private readonly outbox: Outbox,
    private readonly balance: TellBalance,
  ) {}

  async execute(tx: TenantTx, event: CheckoutEvent): Promise<void> {
    const payment = await lockPayment(tx, event);
    const [fresh] = await tx.query(SEEN, [tx.tenantId, payment.provider, event.id, payment.id, event.kind, JSON.stringify(event)]);
    if (!fresh || payment.status === 'succeeded') return;
    if (event.kind === 'checkout-paid') await this.pay(tx, payment, event);
    else await tx.query(EXPIRED, [payment.id]);
  }

  private async pay(tx: TenantTx, payment: PaymentEntity, event: CheckoutEvent): Promise<void> {
    const posted = await topup(tx, payment);
    await tx.query(PAID, [payment.id, event.sessionId, posted.postingId]);
    await this.outbox.add(tx, paymentSucceeded, payment.id, {
      providerSession: event.sessionId,
      amount: shownMoney(payment.amount),
      currency: payment.currency,
    });
    await this.balance.toppedUp(tx, posted);
  }
}

// Two deliveries at once follow one another here. What does not fit is refused and so stays visible at the provider,
// which tells again: money that came for something else than was asked is for a person to look at.
async function lockPayment(tx: TenantTx, event: CheckoutEvent): Promise<PaymentEntity> {
  const payment = await tx.manager.findOne(PaymentEntity, { where: { id: event.reference }, lock: { mode: 'pessimistic_write' } });
  if (!payment) throw BillingProblems.unknownPayment();
  const fits =
    toMinorUnits(payment.amount) === event.amountMinor &&
    payment.currency === event.currency &&
    (payment.sessionId === null || payment.sessionId === event.sessionId);
  if (!fits) throw BillingProblems.paymentMismatch();
  return payment;
}

async function topup(tx: TenantTx, payment: PaymentEntity): Promise<LedgerResult> {
  const { id, walletId, amount, currency, provider } = payment;
  const posted = await topupWallet(tx.query, {
    postingId: newId(), idempotencyKey: `payment:${id}`, walletId, amount, currency,
    source: 'stripe_clearing', sourceKey: provider, referenceType: 'payment', referenceId: id, description: 'Wallet top-up',
  });
  if (posted.verdict === 'closed') throw BillingProblems.walletClosed();
  if (posted.verdict !== 'ok') throw new Error(`payment ${id} could not be booked: ${posted.verdict} ${posted.reason}`);
  return posted;
}
