import type { CheckoutId, CheckoutView } from '#leadwire/contracts';
import { Problems } from '#leadwire/kernel';
import type { Call } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';
import { IsNull, Not } from 'typeorm';
import { checkoutView, PaymentEntity } from './payment.entity.js';

/** A checkout, once the provider has opened it. */
@Injectable()
export class GetCheckout {
  execute(call: Call<CheckoutId>): Promise<CheckoutView> {
    return call.transaction(async (tx) => {
      const payment = await tx.manager.findOneBy(PaymentEntity, { id: call.input.checkoutId, checkoutUrl: Not(IsNull()) });
      if (!payment) throw Problems.notFound();
      return checkoutView(payment);
    });
  }
}
