import type { Bus } from '#leadwire/bus';
import type { ServiceName } from '#leadwire/contracts';
import { streamOf } from '#leadwire/messaging';
import { jetstream, JetStreamApiCodes, JetStreamApiError, jetstreamManager, type Consumer, type StreamInfo } from '@nats-io/jetstream';
import { subjectOf, toldEvent, type ToldEvent, type Wanted } from './told-event.js';

// The server forgets the reader when it was killed, too.
const FORGOTTEN_MS = 30_000;

/** What to read of a service's stream. */
export interface StreamReading {
  readonly bus: Bus;
  readonly service: ServiceName;
  readonly wanted: Wanted;
  /** Those told then or later; those from now on where it is left out. */
  readonly since?: Date;
  readonly stop: AbortSignal;
}

/** Who takes a stream's events. */
export interface StreamReceiver {
  /** Takes one; `last` says that no further one is there at this moment. */
  receive(event: ToldEvent, last: boolean): Promise<void>;
  /** There is none to begin with. */
  caughtUp(): void;
}

/** Hands over a stream's events in its order, one after the other, until it is stopped. Leaves nothing behind on the server. */
export async function readStream(reading: StreamReading, receiver: StreamReceiver): Promise<'read' | 'no stream'> {
  const { bus, service, stop } = reading;
  const info = await streamInfo(bus, service);
  const consumer = info && (await openReader(reading, info));
  if (!consumer || (await consumer.info(true)).num_pending === 0) receiver.caughtUp();
  if (!consumer) return 'no stream';
  const messages = await consumer.consume({ max_messages: 500 });
  const close = (): void => void messages.close();
  stop.addEventListener('abort', close, { once: true });
  if (stop.aborted) close();
  try {
    for await (const message of messages) {
      await receiver.receive(toldEvent(service, message), message.info.pending === 0);
      if (stop.aborted) break;
    }
  } finally {
    await consumer.delete().catch(() => undefined);
  }
  return 'read';
}

// By number and not "new": when the reader is made anew after a cut connection it begins there again, not later.
function openReader({ bus, service, wanted, since }: StreamReading, { config, state }: StreamInfo): Promise<Consumer> {
  const start = since ? { opt_start_time: since.toISOString() } : { opt_start_seq: state.last_seq + 1 };
  return jetstream(bus.connection).consumers.get(config.name, { ...start, filter_subjects: bus.subject(subjectOf(service, wanted)), inactive_threshold: FORGOTTEN_MS });
}

async function streamInfo(bus: Bus, service: ServiceName): Promise<StreamInfo | undefined> {
  const jsm = await jetstreamManager(bus.connection);
  try {
    return await jsm.streams.info(streamOf(bus, service));
  } catch (error) {
    if (error instanceof JetStreamApiError && (error.code as number) === JetStreamApiCodes.StreamNotFound) return undefined;
    throw error;
  }
}
