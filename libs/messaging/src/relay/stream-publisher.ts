import type { Bus } from '#leadwire/bus';
import type { Msg, MsgHdrs, QueuedIterator, Status, Subscription } from '@nats-io/transport-node';
import type { EventMessage } from './event-messages.js';

// No acknowledgement for this long: the stream has no leader, or the bus no way to it.
const SILENCE_MS = 5_000;

/** The stream did not take a message where it should stand: `taken` messages of this publisher stand before it. */
export class PublishRefused extends Error {
  constructor(
    readonly taken: number,
    /** The stream held it already (its dedupe window knew the id). */
    readonly duplicate: boolean,
    reason: string,
  ) {
    super(`the stream took ${taken} messages and then refused: ${reason}`);
  }
}

interface Waiting {
  readonly upTo: number;
  resolve(): void;
  reject(error: Error): void;
}

/**
 * Publishes to a stream as its only writer, any number of messages in flight. The first names the sequence it must
 * follow (`Nats-Expected-Last-Sequence`) and each further one the message it must follow (`Nats-Expected-Last-Msg-Id`):
 * a chain. What is lost lets none of its successors pass, and a second writer is refused with all that follows. Naming
 * sequences throughout would not do: after one foreign message the second in flight would be at the right place again.
 * All acknowledgements come to one inbox, in the stream's order.
 */
export class StreamPublisher {
  private readonly inbox: string;
  private readonly acks: Subscription;
  private readonly silence: NodeJS.Timeout;
  private readonly statuses: QueuedIterator<Status>;
  private readonly waiting: Waiting[] = [];
  private before = '';
  private sent = 0;
  private taken = 0;
  private heard = 0;
  private failure?: Error;

  /** @param last the sequence of the stream's last message. */
  constructor(
    private readonly bus: Bus,
    private readonly last: number,
  ) {
    this.inbox = bus.inbox();
    this.acks = bus.connection.subscribe(this.inbox, { callback: (error, message) => (error ? this.fail(error) : this.onAck(message)) });
    this.silence = setInterval(() => this.checkSilence(), SILENCE_MS);
    this.statuses = bus.connection.status() as QueuedIterator<Status>;
    void this.refuseOnDisconnect();
  }

  /** How many of the messages published so far the stream has. */
  get acknowledged(): number {
    return this.taken;
  }

  /** Sends messages in their order; resolves when the stream has them all, rejects when it refused one. */
  publish(messages: readonly EventMessage[]): Promise<void> {
    if (this.failure) return Promise.reject(this.failure);
    for (const message of messages) this.send(message);
    return new Promise((resolve, reject) => {
      if (this.taken >= this.sent) resolve();
      else this.waiting.push({ upTo: this.sent, resolve, reject });
    });
  }

  /** Ends what waits. */
  close(): void {
    this.fail(new Error('the publisher was closed'));
    clearInterval(this.silence);
    this.statuses.stop();
    if (!this.bus.connection.isClosed()) this.acks.unsubscribe();
  }

  private send({ subject, id = `${this.inbox}.${this.sent}`, head, payload }: EventMessage): void {
    const place = this.before ? `Nats-Expected-Last-Msg-Id: ${this.before}` : `Nats-Expected-Last-Sequence: ${this.last}`;
    const lines = `NATS/1.0\r\nNats-Msg-Id: ${id}\r\n${place}\r\n${head}\r\n`;
    this.bus.connection.publish(this.bus.subject(subject), payload, { reply: this.inbox, headers: encoded(lines) });
    this.before = id;
    this.sent++;
  }

  private onAck(message: Msg): void {
    if (this.failure) return;
    // A server without JetStream, or without the stream, answers with a status and no body (503).
    if (message.data.length === 0) return this.refuse(`status ${message.headers?.code ?? 'unknown'}`);
    const ack = message.json<{ seq?: number; duplicate?: boolean; error?: { description: string } }>();
    if (ack.error) return this.refuse(ack.error.description);
    if (ack.duplicate) return this.refuse('it has this event already', true);
    if (ack.seq !== this.last + this.taken + 1) return this.refuse(`it stands at ${ack.seq}, not at ${this.last + this.taken + 1}`);
    this.taken++;
    while (this.waiting.length > 0 && this.waiting[0]!.upTo <= this.taken) this.waiting.shift()!.resolve();
  }

  private refuse(reason: string, duplicate = false): void {
    this.fail(new PublishRefused(this.taken, duplicate, reason));
  }

  // The acknowledgements of what was under way went with the connection.
  private async refuseOnDisconnect(): Promise<void> {
    for await (const { type } of this.statuses) if (type === 'disconnect') this.refuse('the connection to the bus broke');
  }

  private checkSilence(): void {
    const moved = this.taken !== this.heard;
    this.heard = this.taken;
    if (!moved && this.waiting.length > 0) this.refuse(`no answer in ${SILENCE_MS} ms`);
  }

  private fail(error: Error): void {
    this.failure ??= error;
    for (const { reject } of this.waiting.splice(0)) reject(this.failure);
  }
}

// The client's own headers are built and checked value by value, which costs as much as sending the message; what it
// asks of them when publishing is their bytes.
function encoded(lines: string): MsgHdrs {
  return { encode: () => Buffer.from(lines) } as unknown as MsgHdrs;
}
