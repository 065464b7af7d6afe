import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findCompiler } from './compiler.mjs';
import { runCommand } from './run-command.mjs';
import { SetupProblem } from './setup-problem.mjs';

/** The version of pgvector that stands in an unpacked PostgreSQL, or undefined. */
export function pgvectorVersion(root, major) {
  const control = join(root, 'usr', 'share', 'postgresql', major, 'extension', 'vector.control');
  if (!existsSync(control)) return undefined;
  return /default_version = '([^']+)'/.exec(readFileSync(control, 'utf8'))?.[1];
}

/** Puts pgvector into the unpacked PostgreSQL below `root`: Debian's package where there is one, else built. */
export async function addPgvector(apt, { root, major, workFolder, canBuild }) {
  const ready = `postgresql-${major}-pgvector`;
  if (await apt.has(ready)) await apt.unpack([ready], root);
  else if (canBuild) await build(apt, { root, major, workFolder });
  return pgvectorVersion(root, major) ?? notFound(major);
}

async function build(apt, { root, major, workFolder }) {
  await apt.unpack([`postgresql-server-dev-${major}`], root);
  const source = join(workFolder, 'pgvector');
  await apt.source('pgvector', source);
  const { cc, make } = await findCompiler(apt, join(workFolder, 'compiler'));
  // pg_config tells paths relative to where it stands itself, so `install` goes below root. OPTFLAGS is emptied
  // because pgvector's default, -march=native, would tie the result to this very processor.
  const settings = [
    'OPTFLAGS=',
    'with_llvm=no',
    `CC=${cc}`,
    `PG_CONFIG=${join(root, 'usr', 'lib', 'postgresql', major, 'bin', 'pg_config')}`,
  ];
  for (const goal of [['-j2'], ['install']]) {
    const { code, stderr, stdout } = await runCommand(make, ['-s', ...goal, ...settings], {
      cwd: source,
      env: { PATH: process.env.PATH, LC_ALL: 'C' },
    });
    if (code !== 0) throw new SetupProblem('pgvector could not be built.', { detail: `${stdout}${stderr}`.slice(-3000) });
  }
}

function notFound(major) {
  throw new SetupProblem(`This distribution has no pgvector for PostgreSQL ${major}.`, {
    mend: 'start Docker, or set DATABASE_URL (PostgreSQL with pgvector) and NATS_URL (nats-server with JetStream)',
  });
}
