import { spawnSync } from 'node:child_process';
import { findFreePort } from './free-port.mjs';
import { inRun, inTop, topFolder } from './paths.mjs';
import { readJson, writeJson } from './json-file.mjs';
import { runCommand } from './run-command.mjs';

const ANSWER_MS = 3_000;
const portsFile = inRun('docker-ports.json');

/** Whether an engine answers, and knows `docker compose`. */
export async function dockerAnswers() {
  const info = await runCommand('docker', ['info', '--format', '{{.ServerVersion}}'], { timeoutMs: ANSWER_MS });
  if (info.code !== 0) return false;
  return (await runCommand('docker', ['compose', 'version'], { timeoutMs: ANSWER_MS })).code === 0;
}

/**
 * PostgreSQL and NATS of docker-servers.yml, as a compose project of this checkout's own, on free ports of
 * 127.0.0.1. The volumes stay from run to run. Undefined when the containers cannot be had (no image, no network):
 * the next way is then tried.
 */
export async function startDockerServices({ instance, postgresPassword }, { step, tell, kept, register }) {
  const running = await isRunning(`leadwire-${instance}`);
  const ports = await choosePorts(running);
  const settings = { cwd: topFolder, env: composeEnvironment({ instance, postgresPassword, ports }) };
  const compose = ['compose', '--file', inTop('scripts', 'setup', 'docker-servers.yml')];
  const stopArguments = [...compose, 'stop', 'postgres', 'nats'];
  const stop = async () => void (await runCommand('docker', stopArguments, settings));
  const stopNow = () => void spawnSync('docker', stopArguments, { ...settings, stdio: 'ignore' });
  if (!(kept && running)) register({ stop, stopNow });
  let failure;
  await step('docker', async () => {
    const up = await runCommand('docker', [...compose, 'up', '--detach', '--wait', '--quiet-pull', 'postgres', 'nats'], settings);
    if (up.code !== 0) failure = lastLine(up.stderr);
    return failure ? '' : `containers of PostgreSQL with pgvector and of NATS, on ports ${ports.postgres} and ${ports.nats}`;
  });
  if (failure) {
    tell('docker', `the containers could not be started (${failure}); trying a private install`);
    return void (await stop());
  }
  return {
    how: 'docker',
    databaseUrl: `postgres://postgres:${postgresPassword}@127.0.0.1:${ports.postgres}/postgres`,
    natsUrl: `nats://127.0.0.1:${ports.nats}`,
  };
}

// A container that a killed run left behind holds its ports itself: named again, compose leaves it as it is. Ports
// that a stranger took meanwhile are exchanged.
async function choosePorts(running) {
  const known = readJson(portsFile);
  if (running && known) return known;
  const postgres = await findFreePort({ preferred: known?.postgres });
  const nats = await findFreePort({ preferred: known?.nats, avoid: [postgres] });
  writeJson(portsFile, { postgres, nats });
  return { postgres, nats };
}

async function isRunning(project) {
  const { stdout } = await runCommand('docker', ['compose', '--project-name', project, 'ps', '--quiet'], { cwd: topFolder });
  return stdout.trim() !== '';
}

const composeEnvironment = ({ instance, postgresPassword, ports }) => ({
  ...process.env,
  COMPOSE_PROJECT_NAME: `leadwire-${instance}`,
  POSTGRES_PASSWORD: postgresPassword,
  POSTGRES_PORT: String(ports.postgres),
  NATS_PORT: String(ports.nats),
});

const lastLine = (text) => text.trim().split('\n').at(-1);
