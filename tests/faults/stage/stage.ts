import { Bus } from '#leadwire/bus';
import { newId } from '#leadwire/kernel';
import { streamOf } from '#leadwire/messaging';
import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { join } from 'node:path';
import { Random } from '../plan/random.js';
import { SERVICE } from '../replica/events.js';
import type { Break, ReplicaOrders } from '../replica/orders.js';
import { FaultProxy } from './fault-proxy.js';
import { GroundDatabase } from './ground-database.js';
import { ReplicaProcess } from './replica-process.js';
import type { Servers } from './servers.js';

const REQUEST_MS = 4_000;
const REPLICAS = 3;
const REPLICAS_BROKEN = 2;
const TENANTS = 4;
const BUSY_AGGREGATES = 5;

/** A replica and the two proxies it reaches the servers through. */
export interface Player {
  readonly process: ReplicaProcess;
  readonly nats: FaultProxy;
  readonly postgres: FaultProxy;
}

/** How one seed is played. */
export interface Play {
  readonly seed: number;
  readonly broken?: Break;
  tell(text: string): void;
}

/** Everything that one seed plays with: replicas, their proxies, a database and a stream of its own. */
export class Stage {
  readonly players: Player[] = [];
  /** What went wrong on the way, beside what the model finds in the end. */
  readonly complaints: string[] = [];
  private readonly queues = new Map<unknown, Promise<void>>();
  private peace = false;

  private constructor(
    readonly servers: Servers,
    readonly database: GroundDatabase,
    readonly bus: Bus,
    readonly play: Play,
    private readonly namespace: string,
  ) {}

  static async set(servers: Servers, play: Play): Promise<Stage> {
    const namespace = `faults${play.seed.toString(36)}${newId().slice(-4)}`;
    const database = await GroundDatabase.create(servers.postgres, namespace, play.broken);
    const bus = await Bus.connect({ url: servers.nats.url, name: 'conductor', namespace });
    const stage = new Stage(servers, database, bus, play, namespace);
    await stage.addPlayers();
    return stage;
  }

  get stream(): string {
    return streamOf(this.bus, SERVICE);
  }

  manager(): Promise<JetStreamManager> {
    return jetstreamManager(this.bus.connection, { timeout: REQUEST_MS });
  }

  /** Lets only one fault at a time have a thing in its hands; one whose turn comes after the faults' end is left out. */
  exclusive(thing: unknown, work: () => Promise<void>): Promise<void> {
    const mine = (this.queues.get(thing) ?? Promise.resolve()).then(() => (this.peace ? undefined : work()));
    this.queues.set(thing, mine.catch(() => undefined));
    return mine;
  }

  /** No fault begins any more. */
  endFaults(): void {
    this.peace = true;
  }

  /** Asks every replica to end in order, then strikes the set. */
  async strike(): Promise<void> {
    await Promise.all(this.players.map(({ process }) => this.endInOrder(process)));
    for (const { nats, postgres } of this.players) for (const proxy of [nats, postgres]) proxy.close();
    const jsm = await this.manager();
    await jsm.streams.delete(this.stream).catch(() => undefined);
    await this.bus.close();
    await this.database.drop();
  }

  killNow(): void {
    for (const { process } of this.players) process.kill();
  }

  private async endInOrder(process: ReplicaProcess): Promise<void> {
    if (!(await process.stop())) this.complaints.push(`${process.name} did not end in order when it was asked to`);
    this.complaints.push(...process.collapses.map((text) => `a process died of a fault: ${text}`));
  }

  private async addPlayers(): Promise<void> {
    const { servers, play } = this;
    const random = new Random(play.seed);
    const tenants = Array.from({ length: TENANTS }, () => newId());
    const shared = {
      seed: play.seed,
      namespace: this.namespace,
      tenants,
      busy: Array.from({ length: BUSY_AGGREGATES }, () => newId()),
      refusedTenant: tenants[0]!,
      windowShort: random.chance(0.5) || play.broken !== undefined,
      broken: play.broken,
    };
    play.tell(`the stream knows an event again for ${shared.windowShort ? '0.1 s' : '2 minutes'}`);
    for (let i = 1; i <= (play.broken ? REPLICAS_BROKEN : REPLICAS); i++) this.players.push(await this.player(`replica-${i}`, { ...shared, seed: random.whole(1, 1e9) }, servers));
  }

  private async player(name: string, shared: Omit<ReplicaOrders, 'name' | 'natsUrl' | 'databaseUrl'>, servers: Servers): Promise<Player> {
    const nats = await FaultProxy.listen(() => servers.nats.port);
    const postgres = await FaultProxy.listen(() => servers.postgres.portNow);
    const orders = { ...shared, name, natsUrl: `nats://127.0.0.1:${nats.port}`, databaseUrl: this.database.urlThrough(postgres.port) };
    const log = join(servers.folder, `${this.namespace}-${name}.log`);
    return { nats, postgres, process: new ReplicaProcess(orders, { writing: true, throwing: false, clockMs: 0 }, log) };
  }
}
