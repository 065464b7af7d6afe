import { callRequested, type CallRequested } from '#leadwire/contracts';
import { Consumer, type Delivery, type Reaction, type ReceivedEvent } from '#leadwire/messaging';
import { QueueCalls, type CallOrder } from './queue-calls.js';

/** A campaign's step asks for a call: it is queued, once for each enrolment and step. */
@Consumer({ name: 'queue-on-call-requested', events: [callRequested], batch: 100, outward: true })
export class QueueOnCallRequested implements Reaction {
  constructor(private readonly queue: QueueCalls) {}

  async handle(delivery: Delivery): Promise<void> {
    await delivery.transaction(async (tx, fresh) => {
      await this.queue.add(tx, fresh.map(orderOf));
    });
  }
}

function orderOf({ aggregateId, payload }: ReceivedEvent<CallRequested>): CallOrder {
  const { agentId, fromNumberId, to, leadId, leadName, companyName, campaignId, stepId } = payload;
  return { agentId, fromNumberId, to, leadId, leadName, companyName, userId: null, step: { campaignId, campaignLeadId: aggregateId, stepId } };
}
