import type { Bus } from '#leadwire/bus';
import { ALL_EVENTS } from '#leadwire/contracts';
import { durableName, laneFilter, streamOf, type EventLane, type WatchedDurable } from '#leadwire/messaging';
import { JetStreamApiCodes, JetStreamApiError, jetstreamManager } from '@nats-io/jetstream';
import type { DeclaredConsumer } from './declared-consumers.js';

/** A durable by its name on the server, and whether a process has opened it. */
export interface KnownDurable extends WatchedDurable {
  readonly started: boolean;
}

/**
 * The durables of consumers: the main lane of each aggregate type that they read; the express lane too where the server
 * has one, for which events a consumer wants is not known here.
 */
export async function durablesOf(consumers: readonly DeclaredConsumer[], bus: Bus): Promise<KnownDurable[]> {
  const jsm = await jetstreamManager(bus.connection);
  const candidates = consumers.flatMap((consumer) => consumer.reads.flatMap((read) => lanesOf(read).map((lane) => durableOf(consumer, read, lane))));
  const known = await Promise.all(candidates.map(async (one) => ({ ...one, started: await exists(() => jsm.consumers.info(streamOf(bus, one.source.service), bus.streamName(one.durable))) })));
  return known.filter(({ started, source }) => started || source.lane === 'main');
}

type Read = DeclaredConsumer['reads'][number];

function lanesOf({ source, aggregate }: Read): EventLane[] {
  const urgent = ALL_EVENTS.some((event) => event.service === source && event.aggregate === aggregate && event.urgent);
  return urgent ? ['main', 'express'] : ['main'];
}

function durableOf({ service, name }: DeclaredConsumer, { source, aggregate }: Read, lane: EventLane): WatchedDurable {
  const read = { service: source, aggregate, lane, filter: laneFilter({ service: source, aggregate }, '*', lane) };
  return { consumer: name, durable: durableName(service, name, read), source: read };
}

async function exists(ask: () => Promise<unknown>): Promise<boolean> {
  try {
    await ask();
    return true;
  } catch (error) {
    const gone: number[] = [JetStreamApiCodes.ConsumerNotFound, JetStreamApiCodes.StreamNotFound];
    if (error instanceof JetStreamApiError && gone.includes(error.code)) return false;
    throw error;
  }
}
