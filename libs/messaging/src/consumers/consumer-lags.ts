import type { TenantTx } from '#leadwire/database';
import { jetstreamManager, JetStreamApiCodes, JetStreamApiError, type ConsumerInfo, type JetStreamManager } from '@nats-io/jetstream';
import { streamOf } from '../streams/event-stream.js';
import type { ConsumerSurroundings } from './consumer-surroundings.js';
import type { SubscriptionSource } from './durable.js';
import { pausedConsumers } from './pause-consumer.js';

/** How far a consumer is with one lane of one service's events. */
export interface ConsumerLag {
  readonly consumer: string;
  /** Whose events it reads. */
  readonly source: string;
  /** The aggregate type whose events they are. */
  readonly aggregate: string;
  readonly durable: string;
  readonly lane: 'main' | 'express';
  /** On the stream, not yet handed out. */
  readonly pending: number;
  /** Handed out, not yet acknowledged. */
  readonly inHand: number;
  /** Waiting in the table, behind an event that failed. */
  readonly parked: number;
  readonly paused: boolean;
  /** Age of the oldest event not yet handled, in seconds; null when there is none. */
  readonly oldestUnhandledSeconds: number | null;
}

/** A durable of a consumer. */
export interface WatchedDurable {
  readonly consumer: string;
  readonly durable: string;
  readonly source: SubscriptionSource;
}

const PARKED = `
  select lane, count(*)::int as parked, extract(epoch from clock_timestamp() - min(occurred_at))::float8 as age from parked_events group by lane`;

interface Parked {
  readonly lane: string;
  readonly parked: number;
  readonly age: number;
}

/** How far each durable is, asked of the server and of the tables; across tenants. */
export async function lagsOf(durables: readonly WatchedDurable[], around: Pick<ConsumerSurroundings, 'database' | 'bus'>): Promise<ConsumerLag[]> {
  const { database, bus } = around;
  const manager = await jetstreamManager(bus.connection);
  const parked = new Map((await database.forPlatform((tx) => tx.query<Parked>(PARKED))).map((row) => [row.lane, row]));
  const paused = await database.withoutTenant(pausedConsumers);
  return Promise.all(durables.map(async ({ consumer, durable, source }) => {
    const stream = streamOf(bus, source.service);
    const info = await unlessGone(manager.consumers.info(stream, bus.streamName(durable)));
    const ages = [parked.get(durable)?.age, info && (await ageOnStream(manager, stream, info))].filter((age) => age !== undefined);
    return {
      consumer, durable, source: source.service, aggregate: source.aggregate, lane: source.lane, paused: paused.has(consumer),
      pending: info?.num_pending ?? 0, inHand: info?.num_ack_pending ?? 0, parked: parked.get(durable)?.parked ?? 0,
      oldestUnhandledSeconds: ages.length > 0 ? Math.max(0, ...ages) : null,
    };
  }));
}

const PARKED_OF_TENANT = `
  select consumer, split_part(event_type, '.', 1) as source, count(*)::int as parked,
         extract(epoch from clock_timestamp() - min(occurred_at))::float8 as age
  from parked_events group by 1, 2`;

/** A tenant's events that wait behind one that failed, by consumer and source; age of the oldest in seconds. */
export function parkedOfTenant(tx: TenantTx): Promise<{ consumer: string; source: string; parked: number; age: number }[]> {
  return tx.query(PARKED_OF_TENANT);
}

// The first that was not acknowledged without a gap stands right behind the ack floor.
async function ageOnStream(manager: JetStreamManager, stream: string, info: ConsumerInfo): Promise<number | undefined> {
  if (info.num_pending + info.num_ack_pending === 0) return undefined;
  const next = { seq: info.ack_floor.stream_seq + 1, next_by_subj: info.config.filter_subject! };
  const message = await unlessGone(manager.streams.getMessage(stream, next));
  return message ? (Date.now() - message.time.getTime()) / 1000 : undefined;
}

async function unlessGone<T>(asked: Promise<T>): Promise<T | undefined> {
  const gone: number[] = [JetStreamApiCodes.ConsumerNotFound, JetStreamApiCodes.StreamNotFound, JetStreamApiCodes.NoMessageFound];
  try {
    return await asked;
  } catch (error) {
    if (error instanceof JetStreamApiError && gone.includes(error.code)) return undefined;
    throw error;
  }
}
