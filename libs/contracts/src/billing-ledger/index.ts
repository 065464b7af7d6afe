import { backboneOperations } from '../platform/backbone.operations.js';
import * as events from './billing.events.js';
import * as billing from './billing.operations.js';

export * from './billing.events.js';
export * from './billing.operations.js';

export const billingOperations = {
  getWallet: billing.getWallet,
  listTransactions: billing.listTransactions,
  createCheckout: billing.createCheckout,
  getCheckout: billing.getCheckout,
  receivePayment: billing.receivePayment,
  getSpend: billing.getSpend,
  listPrices: billing.listPrices,
  checkLedger: billing.checkLedger,
  reserveForUsage: billing.reserveForUsage,
  ...backboneOperations('billing-ledger'),
};

export const billingEvents = [
  events.usageCharged,
  events.usageFailed,
  events.reservationHeld,
  events.reservationCaptured,
  events.reservationReleased,
  events.reservationExpired,
  events.walletToppedUp,
  events.walletLow,
  events.walletDepleted,
  events.paymentSucceeded,
];
