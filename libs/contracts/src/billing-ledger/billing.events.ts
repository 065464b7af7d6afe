import { defineEvent } from '../declare/event.js';
import { Field } from '../declare/field.js';
import { decimal, text, uuid } from '../declare/field-types.js';

export class UsageCharged {
  @Field(text({ max: 255 })) idempotencyKey: string;
  @Field(text({ max: 60 })) featureKey: string;
  @Field(decimal({ scale: 10 })) price: string;
  @Field(decimal({ scale: 10 })) cost: string;
  @Field(text({ max: 3 })) currency: string;
  @Field(uuid(), { nullable: true }) reservationId: string | null;
}

export class UsageFailed {
  @Field(text({ max: 255 })) idempotencyKey: string;
  @Field(text({ max: 60 })) featureKey: string;
  @Field(text({ max: 500 })) reason: string;
}

export class ReservationFact {
  @Field(uuid()) walletId: string;
  @Field(decimal({ scale: 10 })) amount: string;
  @Field(text({ max: 60 })) referenceType: string;
  @Field(uuid()) referenceId: string;
}

export class WalletFact {
  @Field(decimal({ scale: 10 })) amount: string;
  @Field(decimal({ scale: 10 })) balance: string;
  @Field(text({ max: 3 })) currency: string;
}

export class PaymentSucceeded {
  @Field(text({ max: 200 })) providerSession: string;
  @Field(decimal({ scale: 2 })) amount: string;
  @Field(text({ max: 3 })) currency: string;
}

export const usageCharged = defineEvent('billing-ledger', 'usage', 'charged', { summary: 'A use was priced and charged.', payload: UsageCharged });
export const usageFailed = defineEvent('billing-ledger', 'usage', 'failed', { summary: 'A use could not be charged.', payload: UsageFailed });
export const reservationHeld = defineEvent('billing-ledger', 'reservation', 'held', { summary: 'An amount was set aside.', payload: ReservationFact });
export const reservationCaptured = defineEvent('billing-ledger', 'reservation', 'captured', { summary: 'A reservation was settled; the rest is released.', payload: ReservationFact });
export const reservationReleased = defineEvent('billing-ledger', 'reservation', 'released', { summary: 'A reservation was given back whole.', payload: ReservationFact });
export const reservationExpired = defineEvent('billing-ledger', 'reservation', 'expired', { summary: 'A reservation ran out and was given back.', payload: ReservationFact });
export const walletToppedUp = defineEvent('billing-ledger', 'wallet', 'topped-up', { summary: 'The wallet was funded.', payload: WalletFact });
export const walletLow = defineEvent('billing-ledger', 'wallet', 'low-balance', { summary: 'The balance fell below its threshold.', payload: WalletFact });
export const walletDepleted = defineEvent('billing-ledger', 'wallet', 'depleted', { summary: 'The wallet is empty.', payload: WalletFact });
export const paymentSucceeded = defineEvent('billing-ledger', 'payment', 'succeeded', { summary: 'A payment was received.', payload: PaymentSucceeded, urgent: true });
