import { jetstream, jetstreamManager, RetentionPolicy, StorageType, type JetStreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { keyOf, type BenchPayload } from './bench-event.js';

/** What a stream was found to hold. */
export interface StreamAudit {
  /** Different events on it. */
  readonly events: number;
  /** Messages that repeat an event. */
  readonly repeated: number;
  /** Events that came after a later one of their aggregate. */
  readonly disordered: number;
}

const MINUTE_NS = 60_000_000_000;

/** A stream of one contestant: on files, with a dedupe window, as the library makes its own. */
export class BenchStream {
  private constructor(
    private readonly bus: NatsConnection,
    private readonly manager: JetStreamManager,
    readonly name: string,
    /** Where its owner publishes to. */
    readonly subject: string,
  ) {}

  /** A stream that somebody else makes, or has made. */
  static async of(bus: NatsConnection, name: string): Promise<BenchStream> {
    return new BenchStream(bus, await jetstreamManager(bus), name, '');
  }

  /** A new one, empty, in the run's namespace. */
  static async make(bus: NatsConnection, namespace: string, owner: string): Promise<BenchStream> {
    const stream = new BenchStream(bus, await jetstreamManager(bus), `${namespace}-${owner}`, `${namespace}.${owner}.stepped`);
    await stream.remove();
    await stream.manager.streams.add({
      name: stream.name,
      subjects: [`${namespace}.${owner}.>`],
      storage: StorageType.File,
      retention: RetentionPolicy.Limits,
      duplicate_window: 2 * MINUTE_NS,
      max_age: 7 * 24 * 60 * MINUTE_NS,
    });
    return stream;
  }

  async remove(): Promise<void> {
    await this.manager.streams.delete(this.name).catch(() => undefined);
  }

  async purge(): Promise<void> {
    await this.manager.streams.purge(this.name);
  }

  async messages(): Promise<number> {
    return (await this.manager.streams.info(this.name)).state.messages;
  }

  /** Reads all of it and looks for what is missing, repeated or out of order. */
  async audit(): Promise<StreamAudit> {
    const expected = await this.messages();
    const seen = new Set<string>();
    const last = new Map<string, number>();
    let disordered = 0;
    let read = 0;
    if (expected === 0) return { events: 0, repeated: 0, disordered };
    const consumer = await jetstream(this.bus).consumers.get(this.name);
    for await (const message of await consumer.consume({ max_messages: 5_000 })) {
      const payload = message.json<BenchPayload>();
      const before = last.get(payload.aggregate) ?? 0;
      const key = keyOf(payload);
      if (!seen.has(key) && payload.n < before) disordered++;
      last.set(payload.aggregate, Math.max(before, payload.n));
      seen.add(key);
      if (++read === expected) break;
    }
    return { events: seen.size, repeated: read - seen.size, disordered };
  }
}
