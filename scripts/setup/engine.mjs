import { cpSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addPgvector } from './pgvector-build.mjs';
import { createPrivateApt } from './apt-packages.mjs';
import { libraryTriplet } from './compiler.mjs';
import { readDistribution } from './distribution.mjs';
import { readJson, writeJson } from './json-file.mjs';
import { runCommand } from './run-command.mjs';
import { SetupProblem } from './setup-problem.mjs';

// What PostgreSQL's package asks for and this use does not: just-in-time compilation and Debian's cluster tools.
const UNNEEDED = /^(libllvm|libz3|perl|libperl|libjson-perl|adduser|passwd|ssl-cert|openssl|ucf|debconf|dpkg|tar$|init-)|-common$/;

const engineFolder = (stateFolder) => join(stateFolder, 'engine');

/**
 * PostgreSQL with pgvector, and nats-server, unpacked below the state folder. Fetched once; from then on no network
 * is needed. Another release of the distribution under it fetches anew.
 */
export async function ensureEngine(stateFolder, { step, tell }) {
  const distribution = readDistribution();
  const known = readJson(join(engineFolder(stateFolder), 'engine.json'));
  if (known?.distribution === distribution.name) return describe(stateFolder, known);
  if (!existsSync('/usr/share/zoneinfo')) {
    throw new SetupProblem('PostgreSQL needs the time zones of the package tzdata.', { mend: 'apt-get install -y tzdata' });
  }
  tell('engine', 'fetching PostgreSQL, pgvector and nats-server from the distribution (once)');
  let facts;
  await step('engine', async () => {
    facts = await fetchEngine(stateFolder, distribution);
    return `PostgreSQL ${facts.postgres}, pgvector ${facts.pgvector} and nats-server ${facts.nats} in ${engineFolder(stateFolder)}`;
  });
  return describe(stateFolder, facts);
}

// Assembled where no path has a space in it (make cannot do with one), moved into place when whole.
async function fetchEngine(stateFolder, distribution) {
  const workFolder = mkdtempSync(join(tmpdir(), 'leadwire-engine-'));
  const clean = () => rmSync(workFolder, { recursive: true, force: true });
  process.once('exit', clean); // An interrupt ends the process before `finally` is reached.
  try {
    const facts = { distribution: distribution.name, ...(await assemble(workFolder, distribution)) };
    moveInto(join(workFolder, 'root'), engineFolder(stateFolder));
    writeJson(join(engineFolder(stateFolder), 'engine.json'), facts);
    return facts;
  } finally {
    process.off('exit', clean);
    clean();
  }
}

async function assemble(workFolder, distribution) {
  const apt = createPrivateApt(workFolder, distribution);
  await apt.update();
  const major = await newestPostgres(apt);
  const root = join(workFolder, 'root');
  const servers = [`postgresql-${major}`, 'nats-server'];
  const missing = await apt.closure(servers);
  const wanted = [...servers, `postgresql-client-${major}`, ...missing.filter((name) => !UNNEEDED.test(name))];
  await apt.unpack([...new Set(wanted)], root);
  const pgvector = await addPgvector(apt, { root, major, workFolder, canBuild: Boolean(distribution.sourceSuite) });
  for (const part of ['usr/include', `usr/lib/postgresql/${major}/lib/bitcode`, `usr/lib/postgresql/${major}/lib/llvmjit.so`, 'usr/share/doc']) {
    rmSync(join(root, part), { recursive: true, force: true });
  }
  await checkLibraries(root, major);
  return { major, pgvector, ...(await versions(root, major)) };
}

async function newestPostgres(apt) {
  const { stdout } = await apt.aptCache(['depends', 'postgresql']);
  const major = /Depends: postgresql-(\d+)/.exec(stdout)?.[1];
  if (major) return major;
  throw new SetupProblem('The distribution\'s package sources know no postgresql.', { mend: 'apt-get update' });
}

function moveInto(from, to) {
  rmSync(to, { recursive: true, force: true });
  try {
    renameSync(from, to);
  } catch (error) {
    if (error.code !== 'EXDEV') throw error;
    cpSync(from, to, { recursive: true, verbatimSymlinks: true });
  }
}

/** The folders in which the unpacked programs find the libraries this machine does not have. */
function libraryPath(root) {
  return [join(root, 'usr', 'lib', libraryTriplet), join(root, 'lib', libraryTriplet)].filter(existsSync).join(':');
}

async function checkLibraries(root, major) {
  const program = join(root, 'usr', 'lib', 'postgresql', major, 'bin', 'postgres');
  const { stdout } = await runCommand('ldd', [program], { env: { LD_LIBRARY_PATH: libraryPath(root), PATH: process.env.PATH } });
  const missing = [...stdout.matchAll(/(\S+) => not found/g)].map((match) => match[1]);
  if (missing.length > 0) throw new SetupProblem(`PostgreSQL's libraries are not complete: ${missing.join(', ')}.`);
}

async function versions(root, major) {
  const env = { LD_LIBRARY_PATH: libraryPath(root), PATH: process.env.PATH };
  const postgres = await runCommand(join(root, 'usr', 'lib', 'postgresql', major, 'bin', 'postgres'), ['--version'], { env });
  const nats = await runCommand(natsProgram(root), ['--version'], { env });
  return { postgres: /\d[\d.]*/.exec(postgres.stdout)?.[0], nats: /\d[\d.]*/.exec(nats.stdout)?.[0] };
}

const natsProgram = (root) =>
  ['usr/sbin', 'usr/bin'].map((part) => join(root, part, 'nats-server')).find(existsSync);

function describe(stateFolder, facts) {
  const root = engineFolder(stateFolder);
  return {
    ...facts,
    libraryPath: libraryPath(root),
    postgresProgram: (name) => join(root, 'usr', 'lib', 'postgresql', facts.major, 'bin', name),
    natsProgram: natsProgram(root),
  };
}
