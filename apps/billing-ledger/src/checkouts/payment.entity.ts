import type { CheckoutView } from '#leadwire/contracts';
import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';
import { shownMoney } from '../pricing/rules/money.js';

/** A checkout and the payment it becomes. */
@Entity('billing_payments')
export class PaymentEntity {
  @PrimaryColumn({ type: 'uuid' }) id: string;
  @Column({ name: 'tenant_id', type: 'uuid' }) tenantId: string;
  @Column({ name: 'wallet_id', type: 'uuid' }) walletId: string;
  @Column({ type: 'text' }) provider: string;
  @Column({ name: 'session_id', type: 'text', nullable: true }) sessionId: string | null;
  @Column({ name: 'idempotency_key', type: 'text' }) idempotencyKey: string;
  @Column({ type: 'numeric' }) amount: string;
  @Column({ type: 'text' }) currency: string;
  @Column({ type: 'text', default: 'pending' }) status: string;
  @Column({ name: 'checkout_url', type: 'text', nullable: true }) checkoutUrl: string | null;
  @Column({ name: 'ledger_transaction_id', type: 'uuid', nullable: true }) ledgerTransactionId: string | null;
  @Column({ name: 'created_by', type: 'uuid', nullable: true }) createdBy: string | null;
  @Column({ name: 'paid_at', type: 'timestamptz', nullable: true }) paidAt: Date | null;
  @CreateDateColumn({ name: 'created_at', type: 'timestamptz' }) createdAt: Date;
}

const STATUS_SHOWN: Record<string, string> = { pending: 'open', succeeded: 'paid' };

/** A payment as its payer sees it. What was refunded or disputed later was paid; what failed cannot be paid any more. */
export function checkoutView(payment: PaymentEntity): CheckoutView {
  return {
    id: payment.id,
    status: STATUS_SHOWN[payment.status] ?? (payment.paidAt ? 'paid' : 'expired'),
    amount: shownMoney(payment.amount),
    currency: payment.currency,
    url: payment.checkoutUrl!,
    createdAt: payment.createdAt.toISOString(),
    paidAt: payment.paidAt?.toISOString() ?? null,
  };
}
