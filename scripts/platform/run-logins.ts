import { Bus } from '#leadwire/bus';
import { randomBytes } from 'node:crypto';
import { chownSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { userLines } from '../bus-permissions/authorization-conf.js';
import { NEEDS_FILE } from '../bus-permissions/permission-files.js';
import { loginsOf } from '../bus-permissions/permissions.js';
import { GATEWAY } from '../bus-permissions/service-needs.js';

const RELOAD_MS = 10_000;
const ATTEMPT_MS = 1_000;

/** The logins of one run's processes on a nats-server of this checkout's own. */
export interface RunLogins {
  /** Where a process reaches the bus, with its own login. */
  urlOf(process: string): string;
  drop(): Promise<void>;
}

/**
 * Makes a login with a password of its own for every process of a run and has the server read them. Without a folder the
 * server was given by somebody else, who says in its URL how it is reached: all processes share that.
 */
export async function createRunLogins(natsUrl: string, folder: string | undefined, namespace: string): Promise<RunLogins> {
  if (!folder) return { urlOf: () => natsUrl, drop: () => Promise.resolve() };
  const logins = loginsOf(JSON.parse(readFileSync(NEEDS_FILE, 'utf8')), namespace);
  const passwords = new Map(logins.map(({ process }) => [process, randomBytes(24).toString('hex')]));
  const file = join(folder, 'logins', `${namespace}.conf`);
  writeFor(folder, file, logins.map((login) => userLines(login, `"${passwords.get(login.process)}"`)).join('\n'));
  reload(folder);
  const urlOf = (process: string): string => withLogin(natsUrl, logins.find((login) => login.process === process)!.user, passwords.get(process)!);
  await untilAccepted(urlOf(GATEWAY), folder);
  return {
    urlOf,
    drop: async () => {
      rmSync(file, { force: true });
      reload(folder);
    },
  };
}

// Runs come and go on one server: its users are those of every file there is.
function reload(folder: string): void {
  const users = readdirSync(join(folder, 'logins')).sort().map((name) => readFileSync(join(folder, 'logins', name), 'utf8'));
  writeFor(folder, join(folder, 'authorization.conf'), `authorization {\n  users = [\n${users.join('\n')}\n  ]\n}\n`);
  process.kill(Number(readFileSync(join(folder, 'nats.pid'), 'utf8')), 'SIGHUP');
}

// The server may run under an account of its own, whose the folder is.
function writeFor(folder: string, file: string, text: string): void {
  writeFileSync(file, text, { mode: 0o600 });
  const { uid, gid } = statSync(folder);
  if (process.getuid?.() === 0) chownSync(file, uid, gid);
}

async function untilAccepted(url: string, folder: string): Promise<void> {
  const end = Date.now() + RELOAD_MS;
  for (;;) {
    const bus = await connectedSoon(url);
    if (bus) return bus.close();
    if (Date.now() > end) throw new Error(`the nats-server does not take the run's logins; its log is ${join(folder, 'nats.log')}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

// Who is in the midst of connecting while the server reads its users anew is dropped without a word, and would wait for
// the client's own 20 seconds.
async function connectedSoon(url: string): Promise<Bus | undefined> {
  const attempt = Bus.connect({ url, name: 'leadwire-set-up' }).catch(() => undefined);
  const late = Symbol('late');
  const first = await Promise.race([attempt, new Promise<typeof late>((resolve) => setTimeout(() => resolve(late), ATTEMPT_MS))]);
  if (first !== late) return first;
  void attempt.then((bus) => bus?.close());
  return undefined;
}

function withLogin(natsUrl: string, user: string, password: string): string {
  const url = new URL(natsUrl);
  url.username = user;
  url.password = password;
  return url.toString();
}
