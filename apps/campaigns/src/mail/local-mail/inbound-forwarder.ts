import { setTimeout as delay } from 'node:timers/promises';
import { signWebhook } from '../standard-webhook.js';
import type { LocalMailConfig } from './local-mail.config.js';
import type { StoredMail } from './mail-store.js';

const answerWithinMs = 10_000;
const longestBackOffMs = 5_000;

/** Brings mail for our own domain to the platform's webhook, each until it answers 2xx. */
export class InboundForwarder {
  readonly counts = { pending: 0, delivered: 0 };
  private readonly stopped = new AbortController();

  constructor(private readonly inbound: LocalMailConfig['inbound']) {}

  accept(mail: StoredMail): void {
    const ours = mail.envelope.to.filter((to) => this.inbound && to.endsWith(`@${this.inbound.domain}`));
    for (const to of ours) void this.forward(mail, to);
  }

  stop(): void {
    this.stopped.abort();
  }

  private async forward(mail: StoredMail, to: string): Promise<void> {
    this.counts.pending += 1;
    const body = asDelivered(mail, to);
    // The id stays the same in every attempt, so that the receiver can tell a repeated one.
    const id = `msg_${mail.id}_${mail.envelope.to.indexOf(to)}`;
    for (
      let backOff = 100;
      !(await this.attempt(id, body));
      backOff = Math.min(backOff * 2, longestBackOffMs)
    ) {
      const awake = await delay(backOff, true, { signal: this.stopped.signal }).catch(() => false);
      if (!awake) return;
    }
    this.counts.pending -= 1;
    this.counts.delivered += 1;
  }

  private async attempt(id: string, body: Buffer): Promise<boolean> {
    const { webhookUrl, secret } = this.inbound!;
    const timestamp = Math.floor(Date.now() / 1000);
    try {
      const answer = await fetch(webhookUrl, {
        method: 'POST',
        redirect: 'manual',
        headers: {
          'Content-Type': 'message/rfc822',
          'webhook-id': id,
          'webhook-timestamp': String(timestamp),
          'webhook-signature': signWebhook(id, timestamp, body, secret),
        },
        body: new Uint8Array(body),
        signal: AbortSignal.any([this.stopped.signal, AbortSignal.timeout(answerWithinMs)]),
      });
      await answer.arrayBuffer();
      return answer.ok;
    } catch {
      return false;
    }
  }
}

// What a server adds on final delivery: it is how the envelope reaches the reader.
function asDelivered({ envelope, raw }: StoredMail, to: string): Buffer {
  return Buffer.concat([Buffer.from(`Return-Path: <${envelope.from}>\r\nDelivered-To: ${to}\r\n`), raw]);
}
