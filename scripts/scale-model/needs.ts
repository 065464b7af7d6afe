import type { Load } from './load.js';
import { coreSeconds, databaseBytes, limitsOf } from './limits.js';
import type { UnitCosts } from './unit-costs.js';

const DAY_S = 86_400;

/** What serves a load. Rates per second at the peak, sizes in bytes. */
export interface Needs {
  readonly mean: number;
  readonly peak: number;
  /** Cells that tenants are divided among: each its own database server and streams. */
  readonly cells: number;
  readonly tenantsPerCell: number;
  /** What forces so many. */
  readonly becauseOf: string;
  readonly relays: { readonly leading: number; readonly busiest: number; readonly used: number };
  readonly consumers: { readonly handled: number; readonly replicas: number; readonly replicasOneByOne: number; readonly durablesOfBusiest: number };
  readonly streams: { readonly count: number; readonly busiestMessagesPerDay: number; readonly busiestBytes: number };
  readonly jetStream: { readonly nodes: number; readonly nodesByDisk: number; readonly nodesByRate: number; readonly diskBytes: number; readonly writes: number };
  readonly postgres: {
    readonly servers: number;
    readonly cores: number;
    readonly coresPerServer: number;
    readonly walPerDay: number;
    readonly walPerSecond: number;
    readonly diskBytes: number;
    readonly diskPerServer: number;
    readonly partitions: { readonly perDay: number; readonly kept: number; readonly largestRows: number; readonly largestBytes: number };
  };
  readonly network: { readonly publish: number; readonly replicate: number; readonly deliver: number };
}

/** What serves the load, by the unit costs. */
export function needsOf(load: Load, costs: UnitCosts): Needs {
  const mean = load.eventsPerDay / DAY_S;
  const peak = mean * load.peakFactor;
  const { cells, becauseOf } = cellsOf(load, costs);
  return {
    mean,
    peak,
    cells,
    tenantsPerCell: Math.ceil(load.tenants / cells),
    becauseOf,
    relays: relaysOf(load, costs, peak, cells),
    consumers: consumersOf(load, costs, peak, cells),
    streams: streamsOf(load, costs, cells),
    jetStream: jetStreamOf(load, costs, peak),
    postgres: postgresOf(load, costs, peak, cells),
    network: networkOf(load, costs, peak),
  };
}

// Batches are a setting and slots are there: what divides is what no setting moves.
function cellsOf(load: Load, costs: UnitCosts): { cells: number; becauseOf: string } {
  const [first] = limitsOf(load, costs).filter(({ what }) => !what.startsWith('one durable'));
  return { cells: Math.ceil(load.eventsPerDay / first!.eventsPerDay), becauseOf: first!.what };
}

function busiestShare({ shares }: Load): number {
  return Math.max(...Object.values(shares));
}

function relaysOf(load: Load, { speeds }: UnitCosts, peak: number, cells: number): Needs['relays'] {
  const busiest = (peak * busiestShare(load)) / cells;
  return { leading: Object.keys(load.shares).length * cells, busiest, used: busiest / speeds.relay };
}

function consumersOf(load: Load, { speeds }: UnitCosts, peak: number, cells: number): Needs['consumers'] {
  const handled = peak * load.fanOut;
  const heard = (peak * busiestShare(load) * load.busiestConsumer) / cells;
  const replicas = (speed: number): number => Math.ceil(handled / (speed * load.headroom));
  return {
    handled,
    replicas: replicas(speeds.handleBatched),
    replicasOneByOne: replicas(speeds.handleOne),
    durablesOfBusiest: Math.ceil(heard / (speeds.handleBatched * load.headroom)),
  };
}

function streamsOf(load: Load, { sizes }: UnitCosts, cells: number): Needs['streams'] {
  const busiestMessagesPerDay = (load.eventsPerDay * busiestShare(load)) / cells;
  return { count: Object.keys(load.shares).length * cells, busiestMessagesPerDay, busiestBytes: busiestMessagesPerDay * sizes.message * load.days.stream };
}

// Every replica of a stream writes every message.
function jetStreamOf(load: Load, { speeds, sizes }: UnitCosts, peak: number): Needs['jetStream'] {
  const diskBytes = load.eventsPerDay * sizes.message * load.days.stream * load.streamReplicas;
  const writes = peak * load.streamReplicas;
  const nodesByDisk = Math.ceil(diskBytes / (load.jetStreamNode.diskBytes * load.diskFilled));
  const nodesByRate = Math.ceil(writes / (speeds.publish * load.replicatedShare * load.headroom));
  return { nodes: Math.max(load.streamReplicas, nodesByDisk, nodesByRate), nodesByDisk, nodesByRate, diskBytes, writes };
}

function postgresOf(load: Load, costs: UnitCosts, peak: number, cells: number): Needs['postgres'] {
  const { tellWal, markWal, handleWal, outboxRow } = costs.sizes;
  const wal = tellWal + markWal + load.fanOut * handleWal;
  const cores = (peak * coreSeconds(load, costs)) / load.headroom;
  const diskBytes = load.eventsPerDay * databaseBytes(load, costs);
  const largestRows = (load.eventsPerDay * busiestShare(load)) / cells;
  const services = Object.keys(load.shares).length;
  return {
    servers: cells,
    cores,
    coresPerServer: Math.ceil(cores / cells),
    walPerDay: load.eventsPerDay * wal,
    walPerSecond: peak * wal,
    diskBytes,
    diskPerServer: diskBytes / cells / load.diskFilled,
    // Today and the three days ahead of it stand beside those kept.
    partitions: { perDay: 2 * services, kept: services * (load.days.outbox + load.days.inbox + 2 * 4), largestRows, largestBytes: largestRows * outboxRow },
  };
}

function networkOf(load: Load, { sizes }: UnitCosts, peak: number): Needs['network'] {
  const publish = peak * sizes.message;
  return { publish, replicate: publish * (load.streamReplicas - 1), deliver: publish * load.fanOut };
}
