import { readNatsInfo } from './nats-info.mjs';
import { SetupProblem } from './setup-problem.mjs';

/**
 * The addresses given in the environment: undefined when neither is set. One alone is refused, because the other
 * would silently be a server nobody asked for.
 */
export function givenAddresses({ DATABASE_URL: databaseUrl, NATS_URL: natsUrl }) {
  if (!databaseUrl && !natsUrl) return undefined;
  if (databaseUrl && natsUrl) return { databaseUrl, natsUrl };
  const [set, missing] = databaseUrl ? ['DATABASE_URL', 'NATS_URL'] : ['NATS_URL', 'DATABASE_URL'];
  throw new SetupProblem(`${set} is set but ${missing} is not: set both, or neither.`, {
    mend: `export ${missing}=…   (or: unset ${set})`,
  });
}

/** The NATS servers of `nats://user:secret@host:4222,host2`, as host and port. */
export function natsEndpoints(natsUrl) {
  return natsUrl.split(',').map((part) => {
    const text = part.trim();
    const { hostname, port } = new URL(text.includes('://') ? text : `nats://${text}`);
    return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || 4222 };
  });
}

/** The address without its password, for a person to read. */
export function withoutPassword(url) {
  return url.replace(/:\/\/([^:@/]*):[^@]*@/g, '://$1:…@');
}

/** Uses the given servers as they are, once both are known to serve. Nothing of them is ever stopped. */
export async function useGivenServices({ databaseUrl, natsUrl }, { step }) {
  await step('postgres', () => checkPostgres(databaseUrl));
  await step('nats', () => checkNats(natsUrl));
  return { how: 'given', databaseUrl, natsUrl };
}

async function checkPostgres(databaseUrl) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    const { rows } = await client.query(FACTS);
    return tellPostgres(rows[0], databaseUrl);
  } catch (error) {
    if (error instanceof SetupProblem) throw error;
    throw new SetupProblem(`No PostgreSQL serves at DATABASE_URL (${withoutPassword(databaseUrl)}): ${reason(error)}.`, {
      mend: 'unset DATABASE_URL NATS_URL   (to let the set-up start its own)',
    });
  } finally {
    await client.end().catch(() => {});
  }
}

const FACTS = `select current_setting('server_version') as version, current_setting('server_version_num')::int / 10000 as major,
  (select default_version from pg_available_extensions where name = 'vector') as pgvector,
  (select rolcreaterole and rolcreatedb or rolsuper from pg_roles where rolname = current_user) as administers`;

function tellPostgres({ version, major, pgvector, administers }, databaseUrl) {
  const where = withoutPassword(databaseUrl);
  if (!pgvector) {
    throw new SetupProblem(`The PostgreSQL ${version} at ${where} has no pgvector.`, {
      mend: `apt-get install -y postgresql-${major}-pgvector   (on the server's machine; apt.postgresql.org has it where the distribution has not)`,
    });
  }
  if (!administers) {
    throw new SetupProblem(`The login of DATABASE_URL (${where}) may not create roles and databases.`, {
      mend: 'ALTER ROLE … SUPERUSER;   (as the server\'s administrator)',
    });
  }
  return `PostgreSQL ${version} with pgvector ${pgvector}, given: ${where}`;
}

async function checkNats(natsUrl) {
  const failures = [];
  for (const endpoint of natsEndpoints(natsUrl)) {
    const info = await readNatsInfo(endpoint).catch((error) => failures.push(reason(error)) && undefined);
    if (info?.jetstream) return `nats-server ${info.version} with JetStream, given: ${withoutPassword(natsUrl)}`;
    if (info) failures.push('JetStream is off');
  }
  throw new SetupProblem(`No NATS with JetStream serves at NATS_URL (${withoutPassword(natsUrl)}): ${failures.join('; ')}.`, {
    mend: 'nats-server -js -sd /var/lib/nats   (or unset DATABASE_URL NATS_URL, to let the set-up start its own)',
  });
}

const reason = (error) => error.message || error.code || 'no answer';
