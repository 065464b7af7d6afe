import { readFileSync } from 'node:fs';
import { cpus, freemem, loadavg, release, totalmem } from 'node:os';
import type { World } from '../servers/world.js';

const PACKAGES = ['pg', '@nats-io/jetstream', '@nats-io/transport-node', 'pg-boss', 'graphile-worker', 'pg-transactional-outbox'];
const POSTGRES_SETTINGS = ['server_version', 'synchronous_commit', 'fsync', 'full_page_writes', 'wal_level', 'shared_buffers', 'max_wal_size', 'jit'];
const GIGABYTE = 1024 ** 3;

/** On what a run was taken: figures mean nothing without it. */
export interface Surroundings {
  readonly machine: Record<string, string | number>;
  readonly postgres: Record<string, string>;
  readonly nats: Record<string, string | number>;
  readonly packages: Record<string, string>;
}

/** Looks at the machine, the servers and the installed packages. */
export async function surroundingsOf(world: World): Promise<Surroundings> {
  const [cpu] = cpus();
  return {
    machine: {
      cpu: cpu?.model ?? 'unknown',
      cores: cpus().length,
      memoryGb: Math.round(totalmem() / GIGABYTE),
      freeGb: Math.round(freemem() / GIGABYTE),
      kernel: release(),
      node: process.version,
      loadBefore: loadavg()[0]!,
    },
    postgres: await postgresSettings(world),
    nats: { version: world.bus.info?.version ?? 'unknown', storage: 'file', replicas: 1, duplicateWindowSeconds: 120 },
    packages: Object.fromEntries(PACKAGES.map((name) => [name, versionOf(name)])),
  };
}

async function postgresSettings(world: World): Promise<Record<string, string>> {
  const { rows } = await world.sql.query<{ name: string; value: string }>('select name, current_setting(name) as value from unnest($1::text[]) name', [POSTGRES_SETTINGS]);
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
}

function versionOf(name: string): string {
  return (JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')) as { version: string }).version;
}

/** The surroundings in one line, for beside a table. */
export function inOneLine({ machine, postgres, nats }: Surroundings): string {
  return `${machine.cores} cores (${machine.cpu}), ${machine.memoryGb} GB; PostgreSQL ${postgres.server_version} with synchronous_commit=${postgres.synchronous_commit}, fsync=${postgres.fsync}; nats-server ${nats.version}, file storage; Node ${machine.node}`;
}
