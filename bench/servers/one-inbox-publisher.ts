import { createInbox, headers, type Msg, type MsgHdrs, type NatsConnection } from '@nats-io/transport-node';

const TIMEOUT_MS = 30_000;

/** A message on its way to a stream. */
export interface Outgoing {
  readonly subject: string;
  readonly payload: string;
  readonly head: MsgHdrs;
}

/**
 * Publishes to JetStream with all acknowledgements on one shared inbox: a subscription for the connection instead of a
 * request for each message. Messages leave in the order they were handed over.
 */
export class OneInboxPublisher {
  private readonly inbox = `${createInbox()}.`;
  private readonly waiting = new Map<string, (error?: Error) => void>();
  private sent = 0;

  constructor(
    private readonly bus: NatsConnection,
    private readonly window = 512,
  ) {
    bus.subscribe(`${this.inbox}*`, { callback: (_error, message) => this.acknowledged(message) });
  }

  /** Publishes one; resolves when the stream has it on its file. */
  publish(message: Outgoing): Promise<void> {
    return new Promise((resolve, reject) => this.send(message, (error) => (error ? reject(error) : resolve())));
  }

  /** Publishes all in order, a window of them in flight; resolves when the stream has them all. */
  publishAll(messages: readonly Outgoing[]): Promise<void> {
    if (messages.length === 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      let next = 0;
      let acknowledged = 0;
      const timer = setTimeout(() => reject(new Error('the stream did not acknowledge')), TIMEOUT_MS);
      const settle = (error?: Error): void => {
        acknowledged++;
        if (!error && acknowledged < messages.length) return sendNext();
        clearTimeout(timer);
        if (error) reject(error);
        else resolve();
      };
      const sendNext = (): void => {
        if (next < messages.length) this.send(messages[next++]!, settle);
      };
      while (next < Math.min(this.window, messages.length)) sendNext();
    });
  }

  private send(message: Outgoing, settle: (error?: Error) => void): void {
    const token = String(this.sent++);
    this.waiting.set(token, settle);
    this.bus.publish(message.subject, message.payload, { headers: message.head, reply: this.inbox + token });
  }

  private acknowledged(message: Msg): void {
    const token = message.subject.slice(this.inbox.length);
    const settle = this.waiting.get(token);
    this.waiting.delete(token);
    settle?.(refusalOf(message));
  }
}

// No responder answers without a body; a stream that refuses says so in its body.
function refusalOf(message: Msg): Error | undefined {
  const body = message.string();
  return body === '' || body.includes('"error"') ? new Error(`not published: ${body || 'no stream answers'}`) : undefined;
}

/** The one header by which the stream drops what it has already. */
export function idHeader(id: string): MsgHdrs {
  const head = headers();
  head.set('Nats-Msg-Id', id);
  return head;
}
