import { createHash } from 'node:crypto';
import pg from 'pg';

// How soon another replica notices that a holder is gone.
const RETRY_MS = 500;

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
  private busy = false;
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
    this.timer ??= setInterval(() => void this.tryAll(), RETRY_MS);
    void this.tryAll();
  }

  /** Gives up every lease; holders are expected to have stopped their work before. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.client?.end().catch(() => undefined);
  }

  private async tryAll(): Promise<void> {
    if (this.busy || this.stopped) return;
    this.busy = true;
    try {
      const client = await this.connected();
      if (this.held.size > 0) await client.query('select 1');
      for (const name of this.wanted.keys()) if (!this.held.has(name)) await this.tryOne(client, name);
    } catch {
      this.lose();
    } finally {
      this.busy = false;
    }
  }

  private async tryOne(client: pg.Client, name: string): Promise<void> {
    const { rows } = await client.query('select pg_try_advisory_lock($1::bigint) as won', [lockKey(name)]);
    if (!rows[0].won || this.client !== client) return;
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
    });
    client.on('error', () => this.lose());
    await client.connect();
    this.client = client;
    return client;
  }

  private lose(): void {
    const client = this.client;
    this.client = undefined;
    void client?.end().catch(() => undefined);
    const lost = [...this.held];
    this.held.clear();
    for (const name of lost) this.wanted.get(name)?.onLost();
  }
}

function lockKey(name: string): string {
  return createHash('sha256').update(`leadwire.lease.${name}`).digest().readBigInt64BE(0).toString();
}
