import type { Logger } from 'pino';
import { CallLife } from './call-life.js';
import { outcomeOf } from './call-outcome.js';
import { finalStatuses, newCall, type CallOrder, type CallRecord } from './call-record.js';
import { CallStore } from './call-store.js';
import { CallbackLine } from './callback-line.js';
import { CallbackSender } from './callback-sender.js';
import type { LocalCarrierConfig } from './local-carrier.config.js';
import { seededStream } from './seeded-choice.js';
import { TwilioError } from './twilio-error.js';

/** Where calls are switched: keeps every call, and the lives of those under way. */
export class CarrierExchange {
  readonly calls = new CallStore();
  readonly callbacks: CallbackSender;
  private readonly lives = new Map<string, CallLife>();

  constructor(
    private readonly config: LocalCarrierConfig,
    log: Logger,
  ) {
    this.callbacks = new CallbackSender(config.authToken, log);
  }

  place(order: CallOrder): CallRecord {
    const { seed, speed } = this.config;
    const call = newCall(order, outcomeOf(seed, order.to));
    const line = new CallbackLine(this.callbacks, seededStream(seed, call.to, 'callbacks'), speed);
    const life = new CallLife(call, line, this.config);
    this.calls.add(call);
    this.lives.set(call.sid, life);
    void life.live().finally(() => this.lives.delete(call.sid));
    return call;
  }

  async hangUp(call: CallRecord, as: 'completed' | 'canceled'): Promise<void> {
    const life = this.lives.get(call.sid);
    if (!life || finalStatuses.has(call.status) || (as === 'canceled' && call.status === 'in-progress'))
      throw new TwilioError(400, 21220, 'Call is not in-progress. Cannot redirect.');
    life.hangUp(as);
    // The life notices on its next turn of the loop; the answer shows the call as it then stands.
    await new Promise((turn) => setImmediate(turn));
  }

  stop(): void {
    this.callbacks.stop();
  }
}
