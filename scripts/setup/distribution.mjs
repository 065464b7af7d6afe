import { existsSync, readFileSync } from 'node:fs';
import { SetupProblem } from './setup-problem.mjs';

/** Debian's release whose source package of pgvector builds against every PostgreSQL from 13 on. */
const PGVECTOR_SOURCE_SUITE = 'trixie';

const OTHER_WAYS =
  'start Docker, or set DATABASE_URL (PostgreSQL with pgvector) and NATS_URL (nats-server with JetStream)';

/** Which Debian or Ubuntu this is; elsewhere there is no private way. */
export function readDistribution() {
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  const field = (name) => new RegExp(`^${name}="?([^"\\n]*)`, 'm').exec(release)?.[1] ?? '';
  const id = field('ID');
  const codename = field('VERSION_CODENAME');
  if (process.platform !== 'linux' || !['debian', 'ubuntu'].includes(id) || !existsSync('/usr/bin/apt-get')) {
    throw new SetupProblem('No Docker engine answers, and a private PostgreSQL is only set up on Debian and Ubuntu.', {
      mend: OTHER_WAYS,
    });
  }
  return { id, codename, name: `${id}-${codename}-${process.arch}`, sourceSuite: id === 'debian' ? PGVECTOR_SOURCE_SUITE : undefined };
}
