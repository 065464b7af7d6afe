import { createProgress } from './progress.mjs';
import { checkoutSecrets } from './secrets.mjs';
import { openPrivateServers } from './private-services.mjs';
import { processEnds } from './process-identity.mjs';
import { SetupProblem } from './setup-problem.mjs';

const open = () => openPrivateServers(checkoutSecrets(), createProgress(() => {}));

async function running(name) {
  const servers = await open();
  if (servers[name].runningPid()) return servers[name];
  throw new SetupProblem(`No private ${name} of this checkout is running.`, { mend: 'npm start' });
}

// On the same port: whoever was connected finds the server again.
async function restart(name, { kill = false } = {}) {
  const server = await running(name);
  if (kill) await killHard(server.runningPid());
  else await server.stop();
  return server.start();
}

async function killHard(pid) {
  process.kill(pid, 'SIGKILL');
  await processEnds(pid, 10_000);
}

/** Stops and starts the private PostgreSQL, on its port; `kill: true` takes it down by SIGKILL, as a crash would. */
export const restartPostgres = (options) => restart('postgres', options);

/** Stops and starts the private nats-server, on its port; `kill: true` takes it down by SIGKILL, as a crash would. */
export const restartNats = (options) => restart('nats', options);

/** Stops the private servers that a run with `keep` left running: the next run starts its own again. */
export async function stopKeptServices() {
  const { postgres, nats } = await open();
  await Promise.all([postgres.stop(), nats.stop()]);
}
