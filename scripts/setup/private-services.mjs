import { createPrivateNats } from './private-nats.mjs';
import { createPrivatePostgres } from './private-postgres.mjs';
import { ensureEngine } from './engine.mjs';
import { inRun } from './paths.mjs';
import { openStateFolder } from './state-folder.mjs';

/** The two servers of this checkout's own, not started yet. */
export async function openPrivateServers({ instance, postgresPassword, natsPassword }, { step, tell }) {
  const state = await openStateFolder(instance);
  const engine = await ensureEngine(state.folder, { step, tell });
  return {
    engine,
    folder: state.folder,
    postgres: createPrivatePostgres({ engine, state, password: postgresPassword }),
    nats: createPrivateNats({ engine, state, password: natsPassword }),
  };
}

/** Starts both; the ones that an earlier run kept running are used as they are, and left running. */
export async function startPrivateServices(secrets, { purpose, step, tell, kept, register }) {
  const { engine, folder, postgres, nats } = await openPrivateServers(secrets, { step, tell });
  if (folder !== inRun()) tell('state', `in ${folder} (the database's account cannot reach this checkout)`);
  const lent = kept && postgres.runningPid() && nats.runningPid();
  // Known to the shutdown before the first start: an interrupt between the two servers leaves none behind.
  if (!lent) register(stopsOf([postgres, nats]));
  const ports = {};
  await step('postgres', async () => {
    ports.postgres = lent ? postgres.lastPort() : await postgres.start();
    return `private PostgreSQL ${engine.postgres} with pgvector ${engine.pgvector} on port ${ports.postgres}`;
  });
  await step('nats', async () => {
    ports.nats = lent ? nats.lastPort() : await nats.start({ avoidPorts: [ports.postgres], access: purpose === 'test' ? 'anyone' : 'logins' });
    return `private nats-server ${engine.nats} with JetStream on port ${ports.nats}`;
  });
  return { how: 'private', databaseUrl: postgres.url(ports.postgres), natsUrl: nats.url(ports.nats), natsLogins: nats.folder, natsProgram: engine.natsProgram };
}

const stopsOf = (servers) => ({
  stop: async () => void (await Promise.all(servers.map((server) => server.stop()))),
  stopNow: () => servers.forEach((server) => server.stopNow()),
});
