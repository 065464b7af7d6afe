import { jetstream } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import type { BenchEvent, BenchPayload } from '../servers/bench-event.js';
import { payloadOf } from '../servers/bench-event.js';
import { BenchStream } from '../servers/bench-stream.js';
import { idHeader, OneInboxPublisher } from '../servers/one-inbox-publisher.js';
import { connectBus, type World } from '../servers/world.js';

/** What a peer keeps of an event: enough to publish it under its id. */
export type PeerJob = BenchPayload & { id: string };

/** The job of an event. */
export function jobOf(event: BenchEvent): PeerJob {
  return { ...payloadOf(event), id: event.id };
}

/** Publishes a peer's jobs: untuned with `js.publish()`, as its user would first write it; tuned like the bare relay. */
export class PeerPublisher {
  private readonly fast: OneInboxPublisher;

  private constructor(
    readonly bus: NatsConnection,
    readonly stream: BenchStream,
    private readonly tuned: boolean,
  ) {
    this.fast = new OneInboxPublisher(bus);
  }

  static async open(world: World, owner: string, tuned: boolean): Promise<PeerPublisher> {
    const bus = await connectBus(world.natsUrl);
    return new PeerPublisher(bus, await BenchStream.make(bus, world.namespace, owner), tuned);
  }

  async publish(job: PeerJob): Promise<void> {
    if (this.tuned) return this.fast.publish(this.messageOf(job));
    const { subject, payload } = this.messageOf(job);
    await jetstream(this.bus).publish(subject, payload, { msgID: job.id });
  }

  async publishAll(jobs: readonly PeerJob[]): Promise<void> {
    if (this.tuned) return this.fast.publishAll(jobs.map((job) => this.messageOf(job)));
    for (const job of jobs) await this.publish(job);
  }

  async close(): Promise<void> {
    await this.stream.remove();
    await this.bus.close();
  }

  private messageOf({ id, ...payload }: PeerJob): Parameters<OneInboxPublisher['publish']>[0] {
    return { subject: this.stream.subject, payload: JSON.stringify(payload), head: idHeader(id) };
  }
}
