import { spawn } from 'node:child_process';
import { findFreePort } from './setup/free-port.mjs';
import { inRun, topFolder } from './setup/paths.mjs';
import { prepare } from './setup/prepare.mjs';

// Enough for every service, the gateway and the local carrier, payments and mail.
const PORTS = 16;

/**
 * Brings up what a run needs, then runs a compiled program with it; answers its exit code once everything that was
 * started is stopped again. A program that leaves the platform running ends with KEPT.
 */
export async function launch(purpose, program, args = process.argv.slice(2)) {
  const prepared = await prepare({ purpose });
  const environment = await runEnvironment(prepared);
  const code = await run(prepared, [program, ...args], environment);
  if (code === KEPT) prepared.keep();
  else await prepared.stop();
  return code === KEPT ? 0 : code;
}

/** The exit code that says: leave the servers running. */
export const KEPT = 75;

/** The variables by which a run learns of the machine it was prepared on. */
export async function runEnvironment({ databaseUrl, natsUrl, natsLogins }) {
  return {
    ...process.env,
    LEADWIRE_DATABASE_URL: databaseUrl,
    LEADWIRE_NATS_URL: natsUrl,
    ...(natsLogins && { LEADWIRE_NATS_LOGINS: natsLogins }),
    LEADWIRE_PORTS: (await freePorts()).join(','),
    LEADWIRE_LOGS: inRun('logs'),
    NODE_COMPILE_CACHE: inRun('compile-cache'),
  };
}

/** Runs a program under Node 24 with this terminal's output; a signal to this process reaches it first. */
export function run(prepared, args, env) {
  const child = spawn(prepared.nodePath, ['--enable-source-maps', ...args], { cwd: topFolder, env, stdio: 'inherit' });
  const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve(signal ? 1 : code)));
  prepared.beforeStop(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await ended;
  });
  return ended;
}

async function freePorts() {
  const ports = [];
  for (let i = 0; i < PORTS; i += 1) ports.push(await findFreePort({ avoid: ports }));
  return ports;
}
