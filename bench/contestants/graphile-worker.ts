import { Logger, run, runMigrations, type Runner, type RunnerOptions } from 'graphile-worker';
import pg from 'pg';
import { pieces, type BenchEvent } from '../servers/bench-event.js';
import type { World } from '../servers/world.js';
import type { Contestant, Lane } from './contestant.js';
import { jobOf, PeerPublisher, type PeerJob } from './peer-publisher.js';

const SILENT = new Logger(() => () => undefined);
const ADD = `select graphile_worker.add_job('publish', job) from unnest($1::json[]) with ordinality as given (job, place) order by place`;

type Tuning = Pick<RunnerOptions, 'concurrency' | 'maxPoolSize' | 'preset'>;

const DEFAULT: Tuning = {};
const TUNED: Tuning = {
  concurrency: 200,
  maxPoolSize: 12,
  preset: { worker: { localQueue: { size: 1_000 }, completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
};

/** graphile-worker as it comes: one job after the other. */
export const graphileDefault: Contestant = {
  key: 'graphile-worker-default',
  name: 'graphile-worker, default',
  untuned: true,
  kind: 'peer',
  claimsOrder: false,
  settings: 'concurrency 1; js.publish()',
  mostEvents: 5_000,
  open: (world) => GraphileLane.open(world, DEFAULT, false),
};

/** graphile-worker with its local queue and batched completion. */
export const graphileTuned: Contestant = {
  key: 'graphile-worker',
  name: 'graphile-worker, tuned',
  kind: 'peer',
  claimsOrder: false,
  settings: 'concurrency 200, localQueue 1000, completeJobBatchDelay 0; publishes as the bare relay',
  open: (world) => GraphileLane.open(world, TUNED, true),
};

class GraphileLane implements Lane {
  private runner?: Runner;

  private constructor(
    private readonly world: World,
    private readonly writers: pg.Pool,
    private readonly tuning: Tuning,
    private readonly publisher: PeerPublisher,
  ) {}

  static async open(world: World, tuning: Tuning, tuned: boolean): Promise<Lane> {
    await world.sql.query('drop schema if exists graphile_worker cascade');
    await runMigrations({ connectionString: world.adminUrl, logger: SILENT });
    const writers = new pg.Pool({ connectionString: world.adminUrl, max: 8 });
    return new GraphileLane(world, writers, tuning, await PeerPublisher.open(world, 'graphile', tuned));
  }

  get stream() {
    return this.publisher.stream;
  }

  async fill(events: readonly BenchEvent[]): Promise<void> {
    for (const piece of pieces(events, 1_000)) await this.writers.query(ADD, [piece.map((event) => JSON.stringify(jobOf(event)))]);
  }

  async write(event: BenchEvent): Promise<void> {
    await this.writers.query(ADD, [[JSON.stringify(jobOf(event))]]);
  }

  async start(): Promise<void> {
    this.runner = await run({
      ...this.tuning,
      connectionString: this.world.adminUrl,
      logger: SILENT,
      noHandleSignals: true,
      taskList: { publish: (job) => this.publisher.publish(job as PeerJob) },
    });
  }

  async pending(): Promise<number> {
    const { rows } = await this.world.sql.query<{ n: number }>('select count(*)::int as n from graphile_worker.jobs');
    return rows[0]!.n;
  }

  async close(): Promise<void> {
    await this.runner?.stop();
    await this.writers.end();
    await this.publisher.close();
  }
}
