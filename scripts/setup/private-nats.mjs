import { chownSync, closeSync, mkdirSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { findFreePort } from './free-port.mjs';
import { isProcessOf, pidIn, processEnds, processStart } from './process-identity.mjs';
import { readNatsInfo } from './nats-info.mjs';
import { readText } from './text-file.mjs';
import { SetupProblem } from './setup-problem.mjs';

const START_MS = 20_000;
const STOP_MS = 10_000;
const START_ATTEMPTS = 3;

// Tests come without a login, as they do to a server that was given: they may do what the operator may.
const ANYONE = 'no_auth_user: operator\n';

const configuration = ({ port, folder, access }) => `# Written anew at every start by scripts/setup.
listen: "127.0.0.1:${port}"
server_name: "leadwire"
pid_file: ${JSON.stringify(join(folder, 'nats.pid'))}
log_file: ${JSON.stringify(join(folder, 'nats.log'))}
max_payload: 1MB
include "authorization.conf"
${access === 'anyone' ? ANYONE : ''}jetstream {
  store_dir: ${JSON.stringify(join(folder, 'data'))}
}
`;

/**
 * A nats-server with JetStream on files, of this checkout's own, below `state`'s folder nats. Its users are the operator,
 * whose password is given, and those that runs write into the folder `logins` beside (scripts/platform/run-logins.ts).
 */
export function createPrivateNats({ engine, state, password }) {
  const folder = state.ownFolder('nats');
  const configFile = join(folder, 'nats.conf');
  const pidFile = join(folder, 'nats.pid');
  const loginFolder = join(folder, 'logins');
  const runningPid = () => (isProcessOf(pidIn(pidFile), configFile) ? pidIn(pidFile) : undefined);
  const lastPort = () => Number(/^listen: "127\.0\.0\.1:(\d+)"/m.exec(readText(configFile))?.[1]) || undefined;

  const lastAccess = () => (readText(configFile).includes(ANYONE) ? 'anyone' : 'logins');

  // `access` begins a run, with the logins of none before; without it the server goes on as it was, with those it had.
  async function start({ avoidPorts = [], access } = {}) {
    await stop();
    if (access) forgetLogins();
    const avoid = [...avoidPorts];
    for (let attempt = 1; ; attempt += 1) {
      const port = await findFreePort({ preferred: lastPort(), avoid });
      if (await tryStart(port, access ?? lastAccess())) return port;
      if (attempt === START_ATTEMPTS) throw notStarted(readText(join(folder, 'nats.log')).slice(-2000));
      avoid.push(port);
    }
  }

  function forgetLogins() {
    rmSync(loginFolder, { recursive: true, force: true });
    mkdirSync(loginFolder, { mode: 0o700 });
    const user = `    { user: operator, password: ${JSON.stringify(password)} }`;
    writeOwned(join(loginFolder, '0-operator.conf'), user);
    writeOwned(join(folder, 'authorization.conf'), `authorization {\n  users = [\n${user}\n  ]\n}\n`);
  }

  function writeOwned(file, text) {
    writeFileSync(file, text, { mode: 0o600 });
    if (state.account.uid !== undefined) chownSync(file, state.account.uid, state.account.gid);
  }

  async function tryStart(port, access) {
    rmSync(pidFile, { force: true });
    if (!readText(join(folder, 'authorization.conf'))) forgetLogins();
    writeOwned(configFile, configuration({ port, folder, access }));
    const output = openSync(join(folder, 'nats.out'), 'w');
    // Detached: a Ctrl-C at the terminal is for this program, which then stops the server in its order.
    const child = spawn(engine.natsProgram, ['-c', configFile], {
      ...state.account,
      cwd: folder,
      detached: true,
      stdio: ['ignore', output, output],
    });
    closeSync(output);
    child.on('error', () => {});
    child.unref();
    return answers(port, child);
  }

  async function answers(port, child) {
    const deadline = Date.now() + START_MS;
    while (Date.now() < deadline && child.pid && child.exitCode === null) {
      const info = await readNatsInfo({ host: '127.0.0.1', port }).catch(() => undefined);
      if (info?.jetstream && runningPid() === child.pid) return true;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    return false;
  }

  async function stop() {
    const pid = runningPid();
    if (!pid) return;
    process.kill(pid, 'SIGTERM');
    if (!(await processEnds(pid, STOP_MS))) process.kill(pid, 'SIGKILL');
  }

  function stopNow() {
    const pid = runningPid();
    if (pid && processStart(pid)) process.kill(pid, 'SIGTERM');
  }

  const url = (port) => `nats://${lastAccess() === 'anyone' ? '' : `operator:${password}@`}127.0.0.1:${port}`;

  return { start, stop, stopNow, url, folder, runningPid, lastPort, logFile: join(folder, 'nats.log') };
}

const notStarted = (detail) => new SetupProblem('The private nats-server did not start.', { detail });
