import { chownSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { clientRules, postgresSettings } from './postgres-settings.mjs';
import { findFreePort } from './free-port.mjs';
import { isProcessOf, pidIn } from './process-identity.mjs';
import { runCommand, withoutPostgresNames } from './run-command.mjs';
import { readText } from './text-file.mjs';
import { SetupProblem } from './setup-problem.mjs';

const START_SECONDS = 60;
const START_ATTEMPTS = 3;
// A killed server's last children still hold its shared memory for a moment.
const RETRY_MS = 500;

/**
 * A PostgreSQL of this checkout's own: data, log and port below `state`'s folder postgres, password login only.
 * Every method may be called at any time, also on what a killed run left behind.
 */
export function createPrivatePostgres({ engine, state, password }) {
  const folder = state.ownFolder('postgres');
  const data = join(folder, 'data');
  const passwordFile = join(folder, 'password');
  const logFile = join(folder, 'postgres.log');
  const settings = {
    ...state.account,
    cwd: folder,
    env: { ...withoutPostgresNames(process.env), LD_LIBRARY_PATH: engine.libraryPath, LC_ALL: 'C.UTF-8' },
  };
  const run = (program, args) => runCommand(engine.postgresProgram(program), args, settings);
  const pidFile = join(data, 'postmaster.pid');
  const runningPid = () => (isProcessOf(pidIn(pidFile), data) ? pidIn(pidFile) : undefined);
  const lastPort = () => Number(/^port = (\d+)/m.exec(readText(join(data, 'postgresql.conf')))?.[1]) || undefined;

  // initdb may have been cut off half way: only its last file says that a cluster is whole.
  async function ensureCluster() {
    const whole = join(folder, 'cluster-is-whole');
    if (existsSync(whole) && readText(join(data, 'PG_VERSION')).trim() === engine.major) return;
    rmSync(data, { recursive: true, force: true });
    rmSync(whole, { force: true });
    const args = ['-D', data, '-U', 'postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C.UTF-8', '--data-checksums'];
    writePrivate(passwordFile, password, state.account);
    const { code, stdout, stderr } = await run('initdb', args);
    rmSync(passwordFile);
    if (code !== 0) throw new SetupProblem('The private PostgreSQL cluster could not be made.', { detail: stdout + stderr });
    writeOwned('pg_hba.conf', clientRules);
    writeFileSync(whole, '');
  }

  const writeOwned = (name, text) => writeFileSync(join(data, name), text);

  async function start({ avoidPorts = [] } = {}) {
    await stop();
    await ensureCluster();
    const avoid = [...avoidPorts];
    for (let attempt = 1; ; attempt += 1) {
      const port = await findFreePort({ preferred: lastPort(), avoid });
      const failure = await tryStart(port);
      if (!failure) return port;
      if (attempt === START_ATTEMPTS) throw notStarted(failure);
      avoid.push(port);
      await setTimeout(RETRY_MS);
    }
  }

  // A pid file left by a killed server may name a number that by now is another process of the same account: the
  // server would then refuse to start. That it is not ours was looked up by its command line.
  async function tryStart(port) {
    if (!runningPid()) rmSync(pidFile, { force: true });
    writeOwned('postgresql.conf', postgresSettings({ port }));
    const { code, stdout, stderr } = await run('pg_ctl', ['-D', data, '-l', logFile, '-w', '-t', `${START_SECONDS}`, 'start']);
    return code === 0 ? undefined : `${stdout}${stderr}${readText(logFile).slice(-2000)}`;
  }

  const stopArguments = (mode) => ['-D', data, '-m', mode, '-w', '-t', '30', 'stop'];

  async function stop() {
    if (!runningPid()) return;
    const { code } = await run('pg_ctl', stopArguments('fast'));
    if (code !== 0) await run('pg_ctl', stopArguments('immediate'));
  }

  function stopNow() {
    if (runningPid()) spawnSync(engine.postgresProgram('pg_ctl'), stopArguments('fast'), { ...settings, stdio: 'ignore' });
  }

  const url = (port) => `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;

  return { start, stop, stopNow, url, runningPid, lastPort, logFile, data };
}

function writePrivate(path, text, { uid, gid }) {
  writeFileSync(path, text, { mode: 0o600 });
  if (uid !== undefined) chownSync(path, uid, gid);
}

const notStarted = (detail) => new SetupProblem('The private PostgreSQL did not start.', { detail });
