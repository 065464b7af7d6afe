import { callUsageRecorded, type DomainEvent, type UsageRecorded } from '#leadwire/contracts';
import { Consumer, type Delivery, type Reaction } from '#leadwire/messaging';
import { ChargeUsage } from './charge-usage.js';

/** Every service's word that something was used; a further service adds its event here. */
export const USAGE_EVENTS: readonly DomainEvent<UsageRecorded>[] = [callUsageRecorded];

// A tenant has one wallet and so one queue: many charges in one transaction take its lock once.
const AT_ONCE = 20;

/** What was used is charged, once. */
@Consumer({ name: 'charge-on-usage-recorded', events: USAGE_EVENTS, batch: AT_ONCE, outward: true })
export class ChargeOnUsageRecorded implements Reaction {
  constructor(private readonly chargeUsage: ChargeUsage) {}

  async handle(delivery: Delivery): Promise<void> {
    await delivery.each((tx, event) => this.chargeUsage.execute(tx, event.payload as UsageRecorded));
  }
}
