import { createHash } from 'node:crypto';
import pg from 'pg';
import { endConnection } from '../end-connection.js';

// The server frees the locks of a holder whose machine or network is gone after eleven seconds, not after two hours.
const SERVER_KEEPALIVE = '-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3';

const TRY = 'select pg_try_advisory_lock($1::bigint) as won';
const GIVE = 'select pg_advisory_unlock($1::bigint)';
const JOIN = 'select pg_advisory_lock_shared($1::bigint)';
// A bigint key stands in pg_locks as two halves. A session says nothing for as long as its process is stopped: each of
// them sends a query twice a second.
const LOOK = `
  select a.pid, extract(epoch from clock_timestamp() - a.state_change)::float8 as silent, l.mode = 'ShareLock' as shared,
         (l.classid::bigint << 32 | l.objid::bigint)::text as key
  from pg_locks l join pg_stat_activity a on a.pid = l.pid
  where l.locktype = 'advisory' and l.granted and l.objsubid = 1
    and l.database = (select oid from pg_database where datname = current_database())
    and (l.classid::bigint << 32 | l.objid::bigint) = any ($1::bigint[])`;
const END = 'select pg_terminate_backend(pid) from unnest($1::int[]) as pid';

/** A holder of one of the locks looked at. */
export interface LockHolder {
  readonly key: string;
  readonly pid: number;
  /** Seconds since it last said something. */
  readonly silent: number;
  readonly shared: boolean;
}

/** The key of a lock, from its name. */
export function lockKey(name: string): string {
  return createHash('sha256').update(`leadwire.lease.${name}`).digest().readBigInt64BE(0).toString();
}

/** One PostgreSQL session that holds advisory locks; when the process dies the server frees them with the socket. */
export class LeaseSession {
  private constructor(private readonly client: pg.Client) {}

  static async open(url: string, applicationName: string, onLost: () => void): Promise<LeaseSession> {
    const client = new pg.Client({
      connectionString: url,
      application_name: applicationName,
      connectionTimeoutMillis: 3_000,
      query_timeout: 3_000,
      keepAlive: true,
      options: SERVER_KEEPALIVE,
    });
    client.on('error', onLost);
    await client.connect();
    return new LeaseSession(client);
  }

  /** Makes this replica be counted among those that stand under a name. */
  async join(key: string): Promise<void> {
    await this.client.query(JOIN, [key]);
  }

  async tryLock(key: string): Promise<boolean> {
    return (await this.client.query(TRY, [key])).rows[0].won;
  }

  async unlock(key: string): Promise<void> {
    await this.client.query(GIVE, [key]);
  }

  async holders(keys: readonly string[]): Promise<LockHolder[]> {
    return (await this.client.query(LOOK, [keys])).rows;
  }

  /** Ends other sessions of the same login, and with them their locks. */
  async end(pids: readonly number[]): Promise<void> {
    await this.client.query(END, [pids]);
  }

  async close(): Promise<void> {
    await endConnection(this.client);
  }
}
