import { Bus } from '#leadwire/bus';
import { jetstreamManager } from '@nats-io/jetstream';
import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** A database and a bus namespace of one run, so that runs never see each other's rows or events. */
export interface RunStores {
  readonly adminUrl: string;
  readonly namespace: string;
  drop(): Promise<void>;
}

/** Makes the run's database on the server given; `drop` removes it and the run's streams. */
export async function createRunStores(serverUrl: string, natsUrl: string, purpose: string): Promise<RunStores> {
  const name = `leadwire_${purpose}_${randomBytes(4).toString('hex')}`;
  await onServer(serverUrl, `create database ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return {
    adminUrl: url.toString(),
    namespace: name,
    drop: async () => {
      await onServer(serverUrl, `drop database if exists ${name} with (force)`);
      await deleteStreams(natsUrl, `${name}-`);
    },
  };
}

async function onServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

async function deleteStreams(natsUrl: string, prefix: string): Promise<void> {
  const bus = await Bus.connect({ url: natsUrl, name: 'leadwire-set-up' });
  const manager = await jetstreamManager(bus.connection);
  const names: string[] = [];
  for await (const stream of manager.streams.list()) names.push(stream.config.name);
  // A bucket of the object store is a stream called OBJ_<bucket>.
  for (const name of names) if (name.startsWith(prefix) || name.startsWith(`OBJ_${prefix}`)) await manager.streams.delete(name);
  await bus.close();
}
