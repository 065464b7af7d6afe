import { BillingProblems, type RawRequest } from '#leadwire/contracts';
import { Database } from '#leadwire/database';
import { isId } from '#leadwire/kernel';
import type { Call } from '#leadwire/rpc';
import { LOGGER } from '#leadwire/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { CheckoutEvent, PaymentProvider } from '../payments/payment-provider.port.js';
import { PAYMENTS } from '../payments/payments.provider.js';
import { BookPayment } from './book-payment.js';

/** Takes a webhook of the payment provider. Nothing in it is believed before its signature over the very bytes was. */
@Injectable()
export class ReceivePayment {
  constructor(
    private readonly database: Database,
    private readonly booking: BookPayment,
    @Inject(PAYMENTS) private readonly payments: PaymentProvider,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async execute(call: Call<RawRequest>): Promise<void> {
    const { rawBody, headers } = call.input;
    const event = this.payments.readWebhook(Buffer.from(rawBody, 'base64'), headers['stripe-signature']);
    if ('refused' in event) {
      this.logger.warn({ refused: event.refused }, 'webhook refused');
      throw BillingProblems.badSignature();
    }
    if (event.kind !== 'other') await this.book(event);
  }

  // Signed by the provider, but only a checkout of ours carries the ids that lead to its row.
  private async book(event: CheckoutEvent): Promise<void> {
    if (!isId(event.tenantId) || !isId(event.reference)) throw BillingProblems.unknownPayment();
    await this.database.forTenantAsService(event.tenantId, (tx) => this.booking.execute(tx, event));
  }
}
