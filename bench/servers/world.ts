import { Bus } from '#leadwire/bus';
import type { NatsConnection } from '@nats-io/transport-node';
import pg from 'pg';
import { createRunStores } from '../../scripts/platform/run-database.js';

/** What every contestant of one run works on: one database and one namespace of streams, on the same two servers. */
export interface World {
  /** Admin login of the run's own database. */
  readonly adminUrl: string;
  readonly natsUrl: string;
  readonly namespace: string;
  /** For setting up and for checking, never for what is measured. */
  readonly sql: pg.Pool;
  readonly bus: NatsConnection;
  /** Another database of the same run. */
  beside(name: string): Promise<World>;
  drop(): Promise<void>;
}

/** Makes a world on the servers given. */
export async function createWorld(databaseUrl: string, natsUrl: string, name = 'bench'): Promise<World> {
  const stores = await createRunStores(databaseUrl, natsUrl, name);
  const sql = new pg.Pool({ connectionString: stores.adminUrl, max: 4 });
  const bus = await connectBus(natsUrl);
  const others: World[] = [];
  return {
    adminUrl: stores.adminUrl,
    namespace: stores.namespace,
    natsUrl,
    sql,
    bus,
    beside: async (other) => {
      const world = await createWorld(databaseUrl, natsUrl, `${name}_${other}`);
      others.push(world);
      return world;
    },
    drop: async () => {
      for (const other of others) await other.drop();
      await sql.end();
      await bus.close();
      await stores.drop();
    },
  };
}

/** A connection as every contestant gets it: stack traces for every await would cost a third of the throughput. */
export async function connectBus(natsUrl: string): Promise<NatsConnection> {
  return (await Bus.connect({ url: natsUrl, name: 'bench' })).connection;
}
