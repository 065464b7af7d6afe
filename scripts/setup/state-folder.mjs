import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inRun, topFolder } from './paths.mjs';
import { isProcessOf, pidIn } from './process-identity.mjs';
import { readJson } from './json-file.mjs';
import { runCommand } from './run-command.mjs';
import { SetupProblem } from './setup-problem.mjs';

// Outside the checkout only for root, where only root may write: nobody can lay a folder in the way.
const OUTSIDE = '/var/lib/leadwire';

const isRoot = () => process.getuid?.() === 0;

/** Whether any account may step down to the folder: false below /root, a closed home or a `mktemp -d`. */
export function isReachableByAll(folder) {
  for (let part = folder; ; part = dirname(part)) {
    if (existsSync(part) && (statSync(part).mode & 0o001) === 0) return false;
    if (part === dirname(part)) return true;
  }
}

/**
 * The account the servers run under: PostgreSQL refuses root, so root lends it one (`postgres` where there is such
 * an account, else a system account `leadwire` made for it). Anyone else runs them as himself.
 */
async function serverAccount() {
  if (!isRoot()) return {};
  const known = accountOf('postgres') ?? accountOf('leadwire');
  if (known) return known;
  const arguments_ = ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent', '--shell', '/usr/sbin/nologin', 'leadwire'];
  const { stderr } = await runCommand('useradd', arguments_);
  return accountOf('leadwire') ?? noAccount(stderr);
}

function accountOf(name) {
  const line = readFileSync('/etc/passwd', 'utf8').split('\n').find((entry) => entry.startsWith(`${name}:`));
  if (!line) return undefined;
  const [, , uid, gid] = line.split(':');
  return { uid: Number(uid), gid: Number(gid) };
}

function noAccount(detail) {
  throw new SetupProblem('PostgreSQL refuses to run as root, and no account could be made for it.', {
    detail,
    mend: 'useradd --system leadwire',
  });
}

/**
 * The folder for what the private servers keep, in the checkout's .leadwire; outside it, under /var/lib/leadwire,
 * when the servers' account could not get there.
 */
export async function openStateFolder(instance) {
  const account = await serverAccount();
  mkdirSync(inRun(), { recursive: true });
  const inside = account.uid === undefined || isReachableByAll(inRun());
  const folder = inside ? inRun() : join(OUTSIDE, instance);
  if (!inside) openOutside(folder);
  return { folder, account, ownFolder: (name) => ownFolder(join(folder, name), account) };
}

function openOutside(folder) {
  mkdirSync(folder, { recursive: true });
  for (const part of [OUTSIDE, folder]) {
    if (!lstatSync(part).isDirectory()) throw new SetupProblem(`${part} is not a folder.`, { mend: `rm ${part}` });
    chmodSync(part, 0o711);
  }
  writeFileSync(join(folder, 'checkout'), topFolder);
  removeAbandoned();
}

// A folder outlives its checkout when that was deleted, or lost its .leadwire: then no run can ever use it again.
function removeAbandoned() {
  for (const instance of readdirSync(OUTSIDE)) {
    const owner = join(OUTSIDE, instance, 'checkout');
    if (!existsSync(owner)) continue;
    const secrets = readJson(join(readFileSync(owner, 'utf8'), '.leadwire', 'secrets.json'));
    if (secrets?.instance !== instance) removeWithServers(join(OUTSIDE, instance));
  }
}

function removeWithServers(folder) {
  for (const pidFile of ['postgres/data/postmaster.pid', 'nats/nats.pid']) {
    const pid = pidIn(join(folder, pidFile));
    if (isProcessOf(pid, folder)) process.kill(pid, 'SIGQUIT');
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

function ownFolder(path, { uid, gid }) {
  mkdirSync(path, { recursive: true });
  if (uid !== undefined) chownSync(path, uid, gid);
  chmodSync(path, 0o700);
  return path;
}
