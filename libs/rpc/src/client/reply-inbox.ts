import { createInbox, InvalidArgumentError, PermissionViolationError, type Msg, type NatsConnection } from '@nats-io/transport-node';
import { requestTooLarge } from '../message-limit.js';
import { PendingReply, type Attempt } from './pending-reply.js';
import { TransportFailure } from './transport-failure.js';

/**
 * Sends requests and takes their answers on one subscription. The reply subject of a request is known to its caller and
 * its service only, so it also names the request when the caller gives it up.
 */
export class ReplyInbox {
  private readonly pending = new Map<string, PendingReply>();
  private readonly prefix: string;
  private sent = 0;
  private away = false;

  constructor(
    private readonly connection: NatsConnection,
    prefix?: string,
  ) {
    this.prefix = `${createInbox(prefix)}.`;
    connection.subscribe(`${this.prefix}*`, { callback: (error, message) => (error ? this.failAll() : this.take(message)) });
    void this.watch();
  }

  /**
   * Sends a request and waits for its answer; `givenUp` gets the reply subject of one that nobody waits for any more.
   * @throws TransportFailure; the Problem of a signal; `request.too-large` when headers and body do not fit
   */
  ask(attempt: Attempt, givenUp: (reply: string) => void): Promise<Msg> {
    // What is published while the connection is away is thrown away by the client when it is back.
    if (this.away) return Promise.reject(new TransportFailure('disconnected'));
    const reply = this.prefix + (++this.sent).toString(36);
    return new Promise<Msg>((resolve, reject) => {
      const waiting = new PendingReply(attempt, resolve, reject, (error) => {
        this.fail(reply, error);
        givenUp(reply);
      });
      this.pending.set(reply, waiting);
      this.publish(attempt, reply);
    });
  }

  private publish({ subject, body, head }: Attempt, reply: string): void {
    try {
      this.connection.publish(subject, body, { reply, headers: head });
    } catch (error) {
      // The one argument that can be wrong is the size: of headers that are larger than the room left for them.
      const tooLarge = error instanceof InvalidArgumentError;
      this.fail(reply, tooLarge ? requestTooLarge(body.length, this.connection.info!.max_payload) : new TransportFailure('disconnected'));
    }
  }

  private take(message: Msg): void {
    const waiting = this.pending.get(message.subject);
    if (!waiting) return;
    this.pending.delete(message.subject);
    const nobody = message.data.length === 0 && message.headers?.code === 503;
    if (nobody) waiting.fail(new TransportFailure('no-responders'));
    else waiting.answer(message);
  }

  private fail(reply: string, error: unknown): void {
    const waiting = this.pending.get(reply);
    this.pending.delete(reply);
    waiting?.fail(error);
  }

  private failAll(which: (waiting: PendingReply) => boolean = () => true, kind: 'disconnected' | 'forbidden' = 'disconnected'): void {
    for (const [reply, waiting] of this.pending) if (which(waiting)) this.fail(reply, new TransportFailure(kind));
  }

  private async watch(): Promise<void> {
    for await (const status of this.connection.status()) {
      if (status.type === 'disconnect') {
        this.away = true;
        this.failAll(({ attempt }) => attempt.failsOnDisconnect);
      } else if (status.type === 'reconnect') this.away = false;
      else if (status.type === 'error' && status.error instanceof PermissionViolationError) this.refuse(status.error);
    }
    this.failAll();
  }

  private refuse({ operation, subject }: PermissionViolationError): void {
    if (operation === 'publish') this.failAll(({ attempt }) => attempt.subject === subject, 'forbidden');
  }
}
