import { createHash } from 'node:crypto';
import pg from 'pg';

// How soon another replica notices that a holder is gone.
const RETRY_MS = 500;
// How long giving up a connection may take; one that is dead never answers.
const END_TIMEOUT_MS = 2_000;
// The server frees the locks of a holder whose machine or network is gone after eleven seconds, not after two hours.
const SERVER_KEEPALIVE = '-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3';

/** Told when a lease is won and when it is lost. */
export interface LeaseHolder {
  onWon(): void;
  onLost(): void;
}

/**
 * One holder among all replicas, by PostgreSQL session advisory locks on one connection of its own: when the process
 * dies the server frees the lock with the socket. A holder that loses the connection is told so, and stands again.
 */
export class Leases {
  private client?: pg.Client;
  private timer?: NodeJS.Timeout;
  private trying?: Promise<void>;
  private stopped = false;
  private readonly wanted = new Map<string, LeaseHolder>();
  private readonly held = new Set<string>();

  constructor(
    private readonly url: string,
    private readonly applicationName: string,
  ) {}

  /** Stands for a lease; the holder is told when it is won. */
  stand(name: string, holder: LeaseHolder): void {
    this.wanted.set(name, holder);
    this.timer ??= setInterval(() => this.tryAgain(), RETRY_MS);
    this.tryAgain();
  }

  /** Gives up every lease; holders are expected to have stopped their work before. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.trying;
    if (this.client) await endOf(this.client);
  }

  private tryAgain(): void {
    if (this.stopped) return;
    this.trying ??= this.tryAll().finally(() => (this.trying = undefined));
  }

  private async tryAll(): Promise<void> {
    try {
      const client = await this.connected();
      if (this.held.size > 0) await client.query('select 1');
      for (const name of this.wanted.keys()) {
        if (!this.stopped && !this.held.has(name)) await this.tryOne(client, name);
      }
    } catch {
      this.lose();
    }
  }

  private async tryOne(client: pg.Client, name: string): Promise<void> {
    const { rows } = await client.query('select pg_try_advisory_lock($1::bigint) as won', [lockKey(name)]);
    if (!rows[0].won || this.client !== client || this.stopped) return;
    this.held.add(name);
    this.wanted.get(name)!.onWon();
  }

  private async connected(): Promise<pg.Client> {
    if (this.client) return this.client;
    const client = new pg.Client({
      connectionString: this.url,
      application_name: this.applicationName,
      connectionTimeoutMillis: 3_000,
      query_timeout: 3_000,
      keepAlive: true,
      options: SERVER_KEEPALIVE,
    });
    // An old connection's last words say nothing about the one that holds the leases now.
    client.on('error', () => this.client === client && this.lose());
    await client.connect();
    this.client = client;
    return client;
  }

  private lose(): void {
    const client = this.client;
    this.client = undefined;
    if (client) void endOf(client);
    const lost = [...this.held];
    this.held.clear();
    for (const name of lost) this.wanted.get(name)?.onLost();
  }
}

function lockKey(name: string): string {
  return createHash('sha256').update(`leadwire.lease.${name}`).digest().readBigInt64BE(0).toString();
}

async function endOf(client: pg.Client): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<void>((resolve) => (timer = setTimeout(resolve, END_TIMEOUT_MS)));
  await Promise.race([client.end().catch(() => undefined), deadline]);
  clearTimeout(timer);
}
