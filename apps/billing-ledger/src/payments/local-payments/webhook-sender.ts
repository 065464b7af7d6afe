import { setTimeout as delay } from 'node:timers/promises';
import Stripe from 'stripe';
import type { EventLog, LoggedEvent } from './event-log.js';

const answerWithinMs = 10_000;
const longestBackOffMs = 5_000;

/** Delivers events to the one endpoint, each until it answers 2xx. Every attempt is signed with its own time. */
export class WebhookSender {
  private readonly stopped = new AbortController();

  constructor(
    private readonly endpoint: string,
    private readonly secret: string,
    private readonly log: EventLog,
  ) {}

  /** Resolves after the first attempt; the others go on behind it. */
  async deliver(event: LoggedEvent): Promise<void> {
    if (!(await this.attempt(event))) void this.retry(event);
  }

  /** One attempt; true when the endpoint answered 2xx. */
  async attempt(event: LoggedEvent): Promise<boolean> {
    const payload = JSON.stringify(event.event);
    const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret: this.secret });
    try {
      const answer = await fetch(this.endpoint, {
        method: 'POST',
        redirect: 'manual',
        headers: { 'Content-Type': 'application/json; charset=utf-8', 'Stripe-Signature': signature },
        body: payload,
        signal: AbortSignal.any([this.stopped.signal, AbortSignal.timeout(answerWithinMs)]),
      });
      await answer.arrayBuffer();
      return this.log.attempted(event, answer.status);
    } catch {
      return this.log.attempted(event, null);
    }
  }

  stop(): void {
    this.stopped.abort();
  }

  private async retry(event: LoggedEvent): Promise<void> {
    for (let backOff = 100; ; backOff = Math.min(backOff * 2, longestBackOffMs)) {
      const awake = await delay(backOff, true, { signal: this.stopped.signal }).catch(() => false);
      if (!awake || (await this.attempt(event))) return;
    }
  }
}
