import type { Bus } from '#leadwire/bus';
import { BillingProblems, reserveForUsage, type ReserveForUsage } from '#leadwire/contracts';
import { answerOperation } from '#leadwire/testing';
import type { Subscription } from '@nats-io/transport-node';

/** Billing's answer to reservations on the real bus and wire, for tests of this service alone. */
export class BillingResponder {
  readonly requests: ReserveForUsage[] = [];
  /** The ids of the reservations that were granted. */
  readonly held = new Set<string>();
  /** Whether reservations are answered with 402. */
  poor = false;
  private subscription?: Subscription;

  constructor(private readonly bus: Bus) {}

  async listen(): Promise<void> {
    this.subscription = await answerOperation(this.bus, reserveForUsage, (request) => this.answer(request));
  }

  /** From here on nobody answers. */
  async silence(): Promise<void> {
    await this.subscription?.drain();
  }

  private answer(request: ReserveForUsage) {
    this.requests.push(request);
    if (this.poor) throw BillingProblems.insufficient();
    this.held.add(request.reservationId);
    return { reservationId: request.reservationId, amount: '1', available: '49' };
  }
}
