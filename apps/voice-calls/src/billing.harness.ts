import { RequestHeaders, type Bus } from '#leadwire/bus';
import { BillingProblems, reserveForUsage, type ReserveForUsage } from '#leadwire/contracts';
import type { Problem } from '#leadwire/kernel';
import { toWireProblem } from '#leadwire/rpc';
import { headers, type Msg, type Subscription } from '@nats-io/transport-node';

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
    this.subscription = this.bus.connection.subscribe(this.bus.subject(reserveForUsage.subject), {
      callback: (_error, message) => this.answer(message),
    });
    await this.bus.connection.flush();
  }

  /** From here on nobody answers. */
  async silence(): Promise<void> {
    await this.subscription?.drain();
  }

  private answer(message: Msg): void {
    const request = message.json<ReserveForUsage>();
    this.requests.push(request);
    if (this.poor) return this.refuse(message, BillingProblems.insufficient());
    this.held.add(request.reservationId);
    const head = headers();
    head.set(RequestHeaders.outcome, 'ok');
    message.respond(JSON.stringify({ reservationId: request.reservationId, amount: '1', available: '49' }), { headers: head });
  }

  private refuse(message: Msg, problem: Problem): void {
    const head = headers();
    head.set(RequestHeaders.outcome, 'problem');
    message.respond(JSON.stringify(toWireProblem(problem)), { headers: head });
  }
}
