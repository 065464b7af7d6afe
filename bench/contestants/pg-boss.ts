import { PgBoss, type ConstructorOptions, type WorkOptions } from 'pg-boss';
import { pieces, type BenchEvent } from '../servers/bench-event.js';
import type { World } from '../servers/world.js';
import type { Contestant, Lane } from './contestant.js';
import { jobOf, PeerPublisher, type PeerJob } from './peer-publisher.js';

const QUEUE = 'events';

interface Tuning {
  readonly instance: ConstructorOptions;
  readonly queue: { notify?: boolean; partition?: boolean };
  readonly work: WorkOptions;
}

const DEFAULT: Tuning = { instance: {}, queue: {}, work: {} };
const TUNED: Tuning = {
  instance: { useListenNotify: true, max: 10 },
  queue: { notify: true, partition: true },
  work: { batchSize: 1_000, burstWhenBatchFull: true, pollingIntervalSeconds: 0.5 },
};

/** pg-boss as it comes: a job each two seconds. */
export const pgBossDefault: Contestant = {
  key: 'pg-boss-default',
  name: 'pg-boss, default',
  untuned: true,
  kind: 'peer',
  claimsOrder: false,
  settings: 'batchSize 1, polls every 2 s; js.publish()',
  mostEvents: 4,
  mostPerSecond: 0.4,
  open: (world) => PgBossLane.open(world, DEFAULT, false),
};

/** pg-boss in batches, woken by NOTIFY. */
export const pgBossTuned: Contestant = {
  key: 'pg-boss',
  name: 'pg-boss, tuned',
  kind: 'peer',
  claimsOrder: false,
  settings: 'batchSize 1000, burstWhenBatchFull, notify, own partition, one worker; publishes as the bare relay',
  open: (world) => PgBossLane.open(world, TUNED, true),
};

class PgBossLane implements Lane {
  private constructor(
    private readonly world: World,
    private readonly boss: PgBoss,
    private readonly tuning: Tuning,
    private readonly publisher: PeerPublisher,
  ) {}

  static async open(world: World, tuning: Tuning, tuned: boolean): Promise<Lane> {
    await world.sql.query('drop schema if exists pgboss cascade');
    const boss = new PgBoss({ connectionString: world.adminUrl, ...tuning.instance });
    boss.on('error', (error: Error) => console.error('pg-boss:', error.message));
    await boss.start();
    await boss.createQueue(QUEUE, tuning.queue);
    return new PgBossLane(world, boss, tuning, await PeerPublisher.open(world, 'pgboss', tuned));
  }

  get stream() {
    return this.publisher.stream;
  }

  async fill(events: readonly BenchEvent[]): Promise<void> {
    for (const piece of pieces(events, 1_000)) await this.boss.insert(QUEUE, piece.map((event) => ({ data: jobOf(event) })));
  }

  async write(event: BenchEvent): Promise<void> {
    await this.boss.send(QUEUE, jobOf(event));
  }

  async start(): Promise<void> {
    await this.boss.work<PeerJob>(QUEUE, this.tuning.work, (jobs) => this.publisher.publishAll(jobs.map((job) => job.data)));
  }

  async pending(): Promise<number> {
    const { rows } = await this.world.sql.query<{ n: number }>(`select count(*)::int as n from pgboss.job where name = $1 and state < 'completed'`, [QUEUE]);
    return rows[0]!.n;
  }

  async close(): Promise<void> {
    await this.boss.stop({ graceful: true, timeout: 5_000 });
    await this.publisher.close();
  }
}
