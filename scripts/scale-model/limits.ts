import type { Load } from './load.js';
import type { UnitCosts } from './unit-costs.js';

const DAY_S = 86_400;

/** How many events a day one installation, undivided, carries before this ends. */
export interface Limit {
  readonly what: string;
  readonly eventsPerDay: number;
}

/** What each limit of one installation lets through, the first reached first. */
export function limitsOf(load: Load, costs: UnitCosts): Limit[] {
  const { relay, handleOne, handleBatched } = costs.speeds;
  const atPeak = (perSecond: number): number => (perSecond * load.headroom * DAY_S) / load.peakFactor;
  const largest = Math.max(...Object.values(load.shares));
  const heard = largest * load.busiestConsumer;
  const { cores, diskBytes } = load.postgresServer;
  return [
    { what: 'one relay for the busiest service', eventsPerDay: atPeak(relay / largest) },
    { what: 'one durable of the busiest consumer, one event at a time', eventsPerDay: atPeak(handleOne / heard) },
    { what: 'one durable of the busiest consumer, batches of 100', eventsPerDay: atPeak(handleBatched / heard) },
    { what: `${load.slots} durables of the busiest consumer, batches of 100`, eventsPerDay: atPeak((handleBatched * load.slots) / heard) },
    { what: `CPU of one PostgreSQL server of ${cores} cores`, eventsPerDay: atPeak(cores / coreSeconds(load, costs)) },
    { what: 'its disk, outbox and inbox', eventsPerDay: (diskBytes * load.diskFilled) / databaseBytes(load, costs) },
    { what: 'one stream of the busiest service, replicated (assumed)', eventsPerDay: atPeak((costs.speeds.publish * load.replicatedShare) / largest) },
  ].sort((a, b) => a.eventsPerDay - b.eventsPerDay);
}

/**
 * Core-seconds of PostgreSQL that an event takes: told, claimed and marked, and handled by each consumer. Too many, for
 * on the measured machine the service and NATS took their part of the same cores.
 */
export function coreSeconds(load: Load, { speeds }: UnitCosts): number {
  return load.measuredCores * (1 / speeds.write + 1 / speeds.claimAndMark + load.fanOut / speeds.handleBatched);
}

/** Bytes that an event told every day keeps occupied in databases. */
export function databaseBytes(load: Load, { sizes }: UnitCosts): number {
  return sizes.outboxRow * load.days.outbox + load.fanOut * sizes.inboxRow * load.days.inbox;
}
