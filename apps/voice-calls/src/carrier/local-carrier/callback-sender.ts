import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import twilio from 'twilio';

const giveUpAfterMs = 120_000;
const answerWithinMs = 15_000;
const longestBackOffMs = 5_000;
const connectionsAtOnce = 64;

/** Posts signed callbacks, each until somebody answers 2xx or two minutes have passed. */
export class CallbackSender {
  readonly counts = { pending: 0, delivered: 0, repeated: 0, reordered: 0, givenUp: 0 };
  private readonly stopped = new AbortController();
  private readonly waiting: (() => void)[] = [];
  private busy = 0;

  constructor(
    private readonly authToken: string,
    private readonly log: Logger,
  ) {}

  /** Resolves after the first attempt, so that a deaf receiver does not hold up what follows. */
  async deliver(url: string, params: Record<string, string>): Promise<void> {
    this.counts.pending += 1;
    if (await this.attempt(url, params)) this.settle('delivered');
    else void this.retry(url, params);
  }

  /** Waits milliseconds of our own time; false when the process is stopping. */
  async wait(milliseconds: number): Promise<boolean> {
    return delay(milliseconds, true, { signal: this.stopped.signal }).catch(() => false);
  }

  stop(): void {
    this.stopped.abort();
  }

  private async retry(url: string, params: Record<string, string>): Promise<void> {
    const deadline = Date.now() + giveUpAfterMs;
    for (let backOff = 100; Date.now() < deadline; backOff = Math.min(backOff * 2, longestBackOffMs)) {
      if (!(await this.wait(backOff))) return;
      if (await this.attempt(url, params)) return this.settle('delivered');
    }
    this.log.warn({ url, callSid: params.CallSid }, 'callback given up after two minutes');
    this.settle('givenUp');
  }

  private settle(how: 'delivered' | 'givenUp'): void {
    this.counts.pending -= 1;
    this.counts[how] += 1;
  }

  private async attempt(url: string, params: Record<string, string>): Promise<boolean> {
    await this.enter();
    try {
      const answer = await fetch(url, {
        method: 'POST',
        redirect: 'manual',
        headers: { 'X-Twilio-Signature': twilio.getExpectedTwilioSignature(this.authToken, url, params) },
        body: new URLSearchParams(params),
        signal: AbortSignal.any([this.stopped.signal, AbortSignal.timeout(answerWithinMs)]),
      });
      await answer.arrayBuffer();
      return answer.ok;
    } catch {
      return false;
    } finally {
      this.leave();
    }
  }

  private async enter(): Promise<void> {
    if (this.busy >= connectionsAtOnce) await new Promise<void>((free) => this.waiting.push(free));
    this.busy += 1;
  }

  private leave(): void {
    this.busy -= 1;
    this.waiting.shift()?.();
  }
}
