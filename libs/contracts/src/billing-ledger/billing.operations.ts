import { defineProblem, Problems } from '#leadwire/kernel';
import { Field } from '../declare/field.js';
import { choice, decimal, flag, integer, list, object, text, timestamp, url, uuid } from '../declare/field-types.js';
import { defineOperation } from '../declare/operation.js';
import { PageQuery, pageOf, type Page } from '../declare/page.js';
import { Nothing, RawRequest } from '../declare/shared-shapes.js';
import { UsageItem } from '../platform/usage.js';

export const TRANSACTION_TYPES = ['topup', 'debit', 'credit', 'adjustment', 'reservation', 'release'] as const;

export const BillingProblems = {
  insufficient: defineProblem('billing.insufficient-funds', 402, 'The wallet does not hold enough.', 'Top it up by at least the shortfall.'),
  amount: defineProblem('billing.bad-amount', 400, 'The amount is not one that can be booked.', 'Give a positive amount with at most two digits after the point.'),
  walletClosed: defineProblem('billing.wallet-closed', 409, 'The wallet is closed.', 'Ask support to open it.'),
  resolved: defineProblem('billing.reservation-resolved', 409, 'The reservation was captured, released or has expired.', 'Reserve anew.'),
  noPrice: defineProblem('billing.no-price', 400, 'The catalogue has no price for what was used.', 'Add a price for the category, provider, model and unit.'),
  badSignature: defineProblem('billing.bad-webhook-signature', 401, 'The signature of the webhook does not fit.', 'Sign with the endpoint secret, within five minutes.'),
  unknownPayment: defineProblem('billing.unknown-payment', 404, 'The webhook tells of a checkout that was not opened here.', 'Check which account and endpoint it was sent from.'),
  paymentMismatch: defineProblem('billing.payment-mismatch', 409, 'What was paid is not what the checkout asked for.', 'Nothing was credited; compare the session with the checkout.'),
  providerFailed: defineProblem('billing.provider-failed', 503, 'The payment provider does not answer.', 'Try again with the same Idempotency-Key.'),
};

export class WalletView {
  @Field(uuid()) id: string;
  @Field(text({ max: 3 }), { example: 'USD' }) currency: string;
  @Field(decimal({ scale: 10 })) currentBalance: string;
  @Field(decimal({ scale: 10 })) reservedBalance: string;
  @Field(decimal({ scale: 10 }), { description: 'current − reserved.' }) availableBalance: string;
  @Field(choice(['active', 'suspended', 'closed'])) status: string;
}

export class LedgerTransactionView {
  @Field(uuid()) id: string;
  @Field(integer({ min: 1 }), { description: 'Counts the wallet\'s transactions without a gap.' }) sequence: number;
  @Field(choice(TRANSACTION_TYPES)) type: string;
  @Field(decimal({ scale: 10 })) amount: string;
  @Field(decimal({ scale: 10 })) balanceBefore: string;
  @Field(decimal({ scale: 10 })) balanceAfter: string;
  @Field(text({ max: 60 }), { nullable: true }) referenceType: string | null;
  @Field(text({ max: 255 }), { nullable: true }) referenceId: string | null;
  @Field(text({ max: 500 }), { nullable: true }) description: string | null;
  @Field(timestamp()) createdAt: string;
}

export class LedgerTransactionPage extends pageOf(LedgerTransactionView) {}

export class CreateCheckout {
  @Field(decimal({ scale: 2, sign: 'positive' }), { example: '50.00' }) amount: string;
  @Field(choice(['USD']), { optional: true, default: 'USD' }) currency?: string;
}

export class CheckoutView {
  @Field(uuid()) id: string;
  @Field(choice(['open', 'paid', 'expired'])) status: string;
  @Field(decimal({ scale: 2 })) amount: string;
  @Field(text({ max: 3 })) currency: string;
  @Field(url(), { description: 'Where the payer pays.' }) url: string;
  @Field(timestamp()) createdAt: string;
  @Field(timestamp(), { nullable: true }) paidAt: string | null;
}

export class CheckoutId {
  @Field(uuid()) checkoutId: string;
}

export class SpendLine {
  @Field(text({ max: 60 })) category: string;
  @Field(text({ max: 60 })) provider: string;
  @Field(text({ max: 100 }), { nullable: true }) model: string | null;
  @Field(text({ max: 40 })) unit: string;
  @Field(decimal({ scale: 10 })) quantity: string;
  @Field(decimal({ scale: 10 }), { description: 'What the provider takes.' }) cost: string;
  @Field(decimal({ scale: 10 }), { description: 'What the tenant was charged.' }) price: string;
}

export class Spend {
  @Field(list(object(() => SpendLine), { max: 500 })) lines: SpendLine[];
  @Field(decimal({ scale: 10 })) totalPrice: string;
  @Field(decimal({ scale: 10 })) totalCost: string;
}

export class LedgerCheck {
  @Field(text({ max: 100 })) name: string;
  @Field(flag()) holds: boolean;
  @Field(text({ max: 500 })) detail: string;
}

export class LedgerChecks {
  @Field(list(object(() => LedgerCheck), { max: 50 })) checks: LedgerCheck[];
  @Field(decimal({ scale: 10 })) funded: string;
  @Field(decimal({ scale: 10 })) spent: string;
  @Field(decimal({ scale: 10 })) balance: string;
  @Field(integer({ min: 0 })) openReservations: number;
}

export class PriceView {
  @Field(uuid()) id: string;
  @Field(text({ max: 60 })) category: string;
  @Field(text({ max: 60 })) provider: string;
  @Field(text({ max: 100 }), { nullable: true }) model: string | null;
  @Field(text({ max: 40 })) unit: string;
  @Field(decimal({ scale: 10 })) unitPrice: string;
  @Field(decimal({ scale: 6 }), { description: 'Percent on top of the provider\'s price.' }) markupPercent: string;
}

export class PricePage extends pageOf(PriceView) {}

export class ReserveForUsage {
  @Field(uuid(), { description: 'Made by the caller: the same id reserves once.' }) reservationId: string;
  @Field(text({ max: 60 })) featureKey: string;
  @Field(text({ max: 60 })) referenceType: string;
  @Field(uuid()) referenceId: string;
  @Field(list(object(() => UsageItem), { min: 1, max: 50 }), { description: 'The worst case.' }) items: UsageItem[];
  @Field(timestamp()) expiresAt: string;
}

export class Reserved {
  @Field(uuid()) reservationId: string;
  @Field(decimal({ scale: 10 })) amount: string;
  @Field(decimal({ scale: 10 })) available: string;
}

export const getWallet = defineOperation<Nothing, WalletView>('billing-ledger', 'get-wallet', {
  summary: "The tenant's wallet",
  input: Nothing,
  answer: WalletView,
  access: 'billing:view',
  effect: 'read',
  http: { method: 'GET', path: '/v1/wallet' },
});

export const listTransactions = defineOperation<PageQuery, Page<LedgerTransactionView>>('billing-ledger', 'list-transactions', {
  summary: "The wallet's statement, oldest first",
  input: PageQuery,
  answer: LedgerTransactionPage,
  access: 'billing:view',
  effect: 'read',
  http: { method: 'GET', path: '/v1/wallet/transactions' },
  problems: [Problems.cursor],
});

export const createCheckout = defineOperation<CreateCheckout, CheckoutView>('billing-ledger', 'create-checkout', {
  summary: 'Fund the wallet: open a checkout at the payment provider',
  input: CreateCheckout,
  answer: CheckoutView,
  access: 'billing:manage',
  effect: 'write',
  http: { method: 'POST', path: '/v1/checkouts', status: 201 },
  problems: [BillingProblems.amount, BillingProblems.providerFailed],
  deadlineMs: 20_000,
});

export const getCheckout = defineOperation<CheckoutId, CheckoutView>('billing-ledger', 'get-checkout', {
  summary: 'Read a checkout',
  input: CheckoutId,
  answer: CheckoutView,
  access: 'billing:view',
  effect: 'read',
  http: { method: 'GET', path: '/v1/checkouts/:checkoutId' },
  problems: [Problems.notFound],
});

export const receivePayment = defineOperation<RawRequest>('billing-ledger', 'receive-payment', {
  summary: 'Webhook of the payment provider (signed as Stripe does)',
  input: RawRequest,
  access: 'public',
  effect: 'write',
  http: { method: 'POST', path: '/v1/hooks/payments', status: 204, body: 'raw', headers: ['stripe-signature'] },
  problems: [BillingProblems.badSignature, BillingProblems.unknownPayment, BillingProblems.paymentMismatch, BillingProblems.walletClosed],
});

export const getSpend = defineOperation<Nothing, Spend>('billing-ledger', 'get-spend', {
  summary: 'What was spent, by component',
  input: Nothing,
  answer: Spend,
  access: 'billing:view',
  effect: 'read',
  http: { method: 'GET', path: '/v1/spend' },
});

export const listPrices = defineOperation<PageQuery, Page<PriceView>>('billing-ledger', 'list-prices', {
  summary: 'The prices in force for the tenant',
  input: PageQuery,
  answer: PricePage,
  access: 'billing:view',
  effect: 'read',
  http: { method: 'GET', path: '/v1/prices' },
});

export const checkLedger = defineOperation<Nothing, LedgerChecks>('billing-ledger', 'check-ledger', {
  summary: "Check the tenant's books: sums, balances, statement, reservations",
  input: Nothing,
  answer: LedgerChecks,
  access: 'billing:view',
  effect: 'read',
  http: { method: 'GET', path: '/v1/ledger/checks' },
  deadlineMs: 30_000,
});

export const reserveForUsage = defineOperation<ReserveForUsage, Reserved>('billing-ledger', 'reserve-for-usage', {
  summary: 'Hold the worst-case price of a use',
  input: ReserveForUsage,
  answer: Reserved,
  access: 'internal',
  effect: 'write',
  problems: [BillingProblems.insufficient, BillingProblems.noPrice, BillingProblems.walletClosed, BillingProblems.resolved, Problems.conflict],
});
