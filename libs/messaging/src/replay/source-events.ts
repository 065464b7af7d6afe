import type { Bus } from '#leadwire/bus';
import { AckPolicy, DeliverPolicy, jetstream, jetstreamManager, type Consumer, type ConsumerConfig, type JsMsg } from '@nats-io/jetstream';
import type { ConsumerSpec } from '../consumers/consumer.decorator.js';
import { messageFields } from '../consumers/message-fields.js';
import { readEvent, tellingVersions } from '../consumers/read-event.js';
import type { ReceivedEvent } from '../consumers/received-event.js';
import { understandEvent, wantedByType } from '../consumers/understand-event.js';
import { streamOf } from '../streams/event-stream.js';
import { fits, type ReplayRow } from './replay-row.js';

const WAIT_MS = 2_000;
// The server forgets a consumer that nobody has asked for this long.
const UNUSED_NS = 300_000_000_000;
// A row is written before its event is on the stream: an event is never earlier there than it occurred, but clocks differ.
const CLOCK_SLACK_MS = 60_000;

/** Events that fit a replay, and where it stands behind them. */
export interface SourcePart {
  readonly events: ReceivedEvent[];
  readonly position: { at: number; end: number };
}

/** The services whose events a consumer reads. */
export function replaySources(spec: ConsumerSpec): ReadonlySet<string> {
  return new Set(spec.events.map((event) => event.service));
}

/**
 * Reads what a replay asks for off a service's stream, in its order, from behind its position to where the stream ended
 * when it began; leaves no consumer behind on the server.
 */
export async function* sourceEvents(reader: string, service: string, replay: ReplayRow, spec: ConsumerSpec, bus: Bus, batch: number): AsyncGenerator<SourcePart> {
  const stream = streamOf(bus, service);
  const { state } = await (await jetstreamManager(bus.connection)).streams.info(stream);
  const known = replay.positions[service];
  const end = known?.end ?? state.last_seq;
  let at = known?.at ?? 0;
  if (state.messages === 0 || at >= end) return;
  const from = at > 0
    ? { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: at + 1 }
    : replay.from_at
      ? { deliver_policy: DeliverPolicy.StartTime, opt_start_time: new Date(replay.from_at.getTime() - CLOCK_SLACK_MS).toISOString() }
      : { deliver_policy: DeliverPolicy.All };
  const consumer = await freshConsumer(bus, stream, `${reader}--${spec.name}--${service}--replay`, {
    ...from, filter_subject: bus.subject(`ev.${service}.*.*.*.main.*`),
  });
  try {
    for (let more = true; more && at < end; ) {
      const events: ReceivedEvent[] = [];
      const before = at;
      more = false;
      for await (const message of await consumer.fetch({ max_messages: batch, expires: WAIT_MS })) {
        more = message.info.pending > 0;
        at = message.seq;
        if (at <= end) events.push(...eventsOf(message, replay, spec));
        if (!more || at >= end) break;
      }
      // Nothing came: there is nothing more that the filter hears, or the server did not answer.
      if (at === before && (await consumer.info()).num_pending > 0) throw new Error(`stream ${stream} does not answer`);
      yield { events, position: { at: more ? Math.min(at, end) : end, end } };
    }
  } finally {
    await consumer.delete().catch(() => undefined);
  }
}

// Named, because a login may make consumers of its service's names only; one that a crash left behind stood elsewhere.
async function freshConsumer(bus: Bus, stream: string, name: string, from: Partial<ConsumerConfig>): Promise<Consumer> {
  const manager = await jetstreamManager(bus.connection);
  const onServer = bus.streamName(name);
  await manager.consumers.delete(stream, onServer).catch(() => undefined);
  await manager.consumers.add(stream, { name: onServer, ack_policy: AckPolicy.None, mem_storage: true, inactive_threshold: UNUSED_NS, ...from });
  return jetstream(bus.connection).consumers.get(stream, onServer);
}

// What is no event, or cannot be understood, is dealt with on the ordinary lane.
function eventsOf(message: JsMsg, replay: ReplayRow, spec: ConsumerSpec): ReceivedEvent[] {
  try {
    const fields = messageFields(message);
    const event = readEvent(message, fields);
    const wanted = wantedByType(spec.events).get(event.type);
    if (!wanted || !fits(event, replay)) return [];
    const understood = understandEvent(event, wanted, tellingVersions(fields));
    return understood === 'passes' || understood.fault ? [] : [understood.event];
  } catch {
    return [];
  }
}
