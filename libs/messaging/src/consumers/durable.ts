import type { Bus } from '#leadwire/bus';
import {
  AckPolicy,
  DeliverPolicy,
  jetstream,
  JetStreamApiCodes,
  JetStreamApiError,
  jetstreamManager,
  type ConsumerConfig,
  type ConsumerInfo,
  type JetStreamManager,
  type JsMsg,
} from '@nats-io/jetstream';
import type { QueuedIterator, Status } from '@nats-io/transport-node';
import { ensureStream, streamOf } from '../streams/event-stream.js';
import type { EventLane } from '../streams/event-subjects.js';

/** How long the server waits for an acknowledgement or a sign of life, ms. */
export const ACK_WAIT_MS = 15_000;
// Asked for again when half of it has come, so that the server never waits for a request.
const PULL = { max_messages: 1_024, threshold_messages: 512, expires: 5_000 };
/** Deliveries of a durable that wait for their acknowledgement at most: what bounds a reader's memory. */
export const MAX_IN_HAND = 2_048;

/** Which events a durable hears. */
export interface SubscriptionSource {
  readonly service: string;
  readonly aggregate: string;
  readonly lane: EventLane;
  readonly filter: string;
}

/** An opened durable. */
export interface Opening {
  /** The number that the next delivery has. */
  readonly nextDelivery: number;
  /** Hands over each message as it comes; ends when it is closed, or by itself when deliveries may have been lost. */
  read(receive: (message: JsMsg) => void): Promise<void>;
  close(): void;
}

/** One durable pull consumer on a stream: where its reader stands, kept by the server. */
export class Durable {
  /** Where it stood when it was deleted to be made anew; kept until it is, for making may fail. */
  private restartAt?: number;

  constructor(
    readonly name: string,
    private readonly source: SubscriptionSource,
    private readonly bus: Bus,
  ) {}

  /** Opens it right after its last gapless acknowledgement; ends by itself when the connection was cut or it is made anew. */
  async open(): Promise<Opening> {
    const lastDelivery = await this.ensure();
    const consumer = await jetstream(this.bus.connection).consumers.get(this.stream, this.nameOnServer);
    const closed = Promise.withResolvers<void>();
    const statuses = this.closeOnReconnect(closed.resolve);
    const read = async (receive: (message: JsMsg) => void): Promise<void> => {
      // Without abort_on_missing_resource a holder whose durable was made anew would silently pull from the new one.
      const messages = await consumer.consume({ ...PULL, abort_on_missing_resource: true, callback: receive });
      void closed.promise.then(() => messages.stop());
      await messages.closed();
    };
    const close = (): void => {
      statuses.stop();
      closed.resolve();
    };
    return { nextDelivery: lastDelivery + 1, read, close };
  }

  // The server would redeliver what a dead holder left un-acknowledged only after the ack wait, behind newer events of
  // the same aggregates. So a new holder starts again right after the last gapless acknowledgement: everything comes in
  // stream order, and the inbox lets pass what was handled. A crash between delete and add starts from the beginning,
  // which is slow and right. Answers the number of the last delivery.
  private async ensure(): Promise<number> {
    const jsm = await jetstreamManager(this.bus.connection);
    await ensureStream(this.bus, this.source.service, jsm);
    const existing = await this.existing(jsm);
    const filter = this.bus.subject(this.source.filter);
    if (existing?.num_ack_pending === 0 && existing.config.filter_subject === filter) return existing.delivered.consumer_seq;
    if (existing) {
      this.restartAt = existing.ack_floor.stream_seq + 1;
      await jsm.consumers.delete(this.stream, this.nameOnServer);
    }
    const made = await jsm.consumers.add(this.stream, {
      durable_name: this.nameOnServer,
      ack_policy: AckPolicy.Explicit,
      ack_wait: ACK_WAIT_MS * 1_000_000,
      ...(await this.beginning(jsm)),
      filter_subject: filter,
      max_ack_pending: MAX_IN_HAND,
      max_deliver: -1,
    });
    this.restartAt = undefined;
    return made.delivered.consumer_seq;
  }

  // A stream that was lost and made anew counts from one again.
  private async beginning(jsm: JetStreamManager): Promise<Partial<ConsumerConfig>> {
    if (this.restartAt === undefined) return { deliver_policy: DeliverPolicy.All };
    const { state } = await jsm.streams.info(this.stream);
    if (this.restartAt > state.last_seq + 1) return { deliver_policy: DeliverPolicy.All };
    return { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: this.restartAt };
  }

  // Only "there is none" means none: taken for it, a request that timed out would leave un-acknowledged events behind.
  private existing(jsm: JetStreamManager): Promise<ConsumerInfo | undefined> {
    return jsm.consumers.info(this.stream, this.nameOnServer).catch((error: unknown) => {
      if (error instanceof JetStreamApiError && error.code === JetStreamApiCodes.ConsumerNotFound) return undefined;
      throw error;
    });
  }

  // What the server sent into a broken connection is lost until its ack wait has passed, and newer events would come
  // first. So the durable is opened again, from its ack floor.
  private closeOnReconnect(close: () => void): { stop(): void } {
    const statuses = this.bus.connection.status() as QueuedIterator<Status>;
    void (async () => {
      for await (const status of statuses) if (status.type === 'reconnect') close();
    })();
    return statuses;
  }

  private get stream(): string {
    return streamOf(this.bus, this.source.service);
  }

  private get nameOnServer(): string {
    return this.bus.streamName(this.name);
  }
}
