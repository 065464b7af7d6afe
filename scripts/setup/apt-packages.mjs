import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { distributionSources, readAptSources, toSourcesFile } from './apt-sources.mjs';
import { runCommand } from './run-command.mjs';
import { SetupProblem } from './setup-problem.mjs';

// Not taken beside this machine's own: a second libc, or its loader, in one program's library path breaks it.
const C_LIBRARY = new Set(['libc6', 'libc-bin', 'locales', 'libc-l10n']);

/**
 * apt with lists, caches and sources of its own below `folder`. Nothing is installed: packages are downloaded (with
 * apt's own verification) and unpacked into private folders, so neither root nor a change to the machine is needed,
 * and no package's script gets to start a server.
 */
export function createPrivateApt(folder, distribution) {
  const options = [
    ['Dir::Etc::sourcelist', '/dev/null'],
    ['Dir::Etc::sourceparts', join(folder, 'sources')],
    ['Dir::State::lists', join(folder, 'lists')],
    ['Dir::Cache', join(folder, 'cache')],
    ['Acquire::Languages', 'none'],
    ['Acquire::Retries', '3'],
    ['APT::Update::Error-Mode', 'any'],
    ['APT::Sandbox::User', 'root'],
    ['Debug::NoLocking', 'true'],
  ].flatMap(([name, value]) => ['-o', `${name}=${value}`]);

  async function apt(args, settings = {}) {
    const answer = await runCommand('apt-get', [...options, ...args], {
      cwd: folder,
      env: { ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' },
      ...settings,
    });
    if (answer.code === 0) return answer.stdout;
    throw new SetupProblem(`Debian's packages could not be fetched (apt-get ${args.find((word) => !word.startsWith('-'))}).`, {
      detail: answer.stderr,
      mend: 'apt-get update   (until it works: network, proxy and /etc/apt/sources.list are what it needs)',
    });
  }

  async function update() {
    for (const part of ['lists/partial', 'cache/archives/partial', 'sources', 'debs']) {
      mkdirSync(join(folder, part), { recursive: true });
    }
    const entries = distributionSources(readAptSources(), distribution);
    if (entries.length === 0) throw noSources(distribution);
    writeFileSync(join(folder, 'sources', 'leadwire.sources'), toSourcesFile(entries));
    await apt(['update', '-qq']);
  }

  // With an empty status file everything counts as missing: the closure then is the same on every machine.
  async function closure(packages, { asIfEmpty = false } = {}) {
    const status = join(folder, 'empty-status');
    writeFileSync(status, '');
    const base = asIfEmpty ? ['-o', `Dir::State::status=${status}`] : [];
    const plan = await apt([...base, 'install', '-qq', '-y', '--print-uris', '--no-install-recommends', ...packages]);
    return [...plan.matchAll(/^'[^']+'\s+([^_\s]+)_/gm)].map((match) => match[1]);
  }

  async function unpack(packages, target, { withCLibrary = false } = {}) {
    const wanted = packages.filter((name) => withCLibrary || !C_LIBRARY.has(name));
    const debs = join(folder, 'debs');
    rmSync(debs, { recursive: true, force: true });
    mkdirSync(debs);
    mkdirSync(target, { recursive: true });
    await apt(['download', '-qq', ...wanted], { cwd: debs });
    for (const file of readdirSync(debs)) await runOrThrow('dpkg-deb', ['-x', join(debs, file), target]);
  }

  async function source(name, target) {
    mkdirSync(target, { recursive: true });
    await apt(['source', '-qq', '--download-only', name], { cwd: target });
    const archive = readdirSync(target).find((file) => file.includes('.orig.tar.'));
    await runOrThrow('tar', ['-xf', join(target, archive), '-C', target, '--strip-components=1']);
  }

  const has = async (name) => (await aptCache(['show', '--no-all-versions', name])).code === 0;
  const aptCache = (args) => runCommand('apt-cache', [...options, ...args]);

  return { update, closure, unpack, source, has, aptCache };
}

async function runOrThrow(program, args) {
  const { code, stderr } = await runCommand(program, args);
  if (code !== 0) throw new SetupProblem(`${program} ${args.at(-1)} failed.`, { detail: stderr });
}

const noSources = ({ codename }) =>
  new SetupProblem(`No source for ${codename}'s packages stands in /etc/apt.`, {
    mend: `echo 'deb http://deb.debian.org/debian ${codename} main' > /etc/apt/sources.list.d/main.list`,
  });
