import {
  billingOperations as operations,
  type CheckoutId,
  type CreateCheckout as CreateCheckoutInput,
  type RawRequest,
} from '#leadwire/contracts';
import { Handle, type Call } from '#leadwire/rpc';
import { Controller } from '@nestjs/common';
import { CreateCheckout } from './create-checkout.js';
import { GetCheckout } from './get-checkout.js';
import { ReceivePayment } from './receive-payment.js';

@Controller()
export class CheckoutsController {
  constructor(
    private readonly createCheckout: CreateCheckout,
    private readonly getCheckout: GetCheckout,
    private readonly receivePayment: ReceivePayment,
  ) {}

  @Handle(operations.createCheckout)
  create(call: Call<CreateCheckoutInput>) {
    return this.createCheckout.execute(call);
  }

  @Handle(operations.getCheckout)
  get(call: Call<CheckoutId>) {
    return this.getCheckout.execute(call);
  }

  @Handle(operations.receivePayment)
  receive(call: Call<RawRequest>) {
    return this.receivePayment.execute(call);
  }
}
