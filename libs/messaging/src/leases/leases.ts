import { LeaseSession, lockKey, type LockHolder } from './lease-session.js';

// How soon another replica notices that a holder is gone, and how often each says that it lives.
const ROUND_MS = 500;
// A holder that said nothing for this long is stopped or cut off: its session is ended. What it still does is fenced by
// the stream's sequence and by the inbox.
const SILENT_S = 5;

/** Told when a lease is won and when it is lost or given to another replica. */
export interface LeaseHolder {
  onWon(): void;
  onLost(): void;
}

/**
 * One holder among all replicas for each lease, shared out evenly: by PostgreSQL session advisory locks on one connection
 * of its own. When a process dies the server frees its locks with the socket, and others take them within a round; one
 * that is frozen loses them after five seconds. A replica that joins gets its share.
 */
export class Leases {
  private session?: LeaseSession;
  private timer?: NodeJS.Timeout;
  private trying?: Promise<void>;
  private stopped = false;
  private readonly wanted = new Map<string, LeaseHolder>();
  private readonly held = new Set<string>();

  /** @param group replicas of the same group share their leases out; usually the service's name. */
  constructor(
    private readonly url: string,
    private readonly applicationName: string,
    private readonly group: string = applicationName,
  ) {}

  /** Stands for a lease; the holder is told when it is won. */
  stand(name: string, holder: LeaseHolder): void {
    this.wanted.set(name, holder);
    this.timer ??= setInterval(() => this.tryAgain(), ROUND_MS);
    this.tryAgain();
  }

  /** Gives up every lease; holders are expected to have stopped their work before. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.trying;
    await this.session?.close();
  }

  private tryAgain(): void {
    if (this.stopped) return;
    this.trying ??= this.round().finally(() => (this.trying = undefined));
  }

  private async round(): Promise<void> {
    try {
      const session = await this.connected();
      const holders = await session.holders([this.presence, ...[...this.wanted.keys()].map(lockKey)]);
      await this.endSilent(session, holders);
      const share = this.shareAmong(holders);
      for (const name of this.wanted.keys()) {
        if (this.stopped || this.session !== session) return;
        if (this.held.size < share && !this.held.has(name)) await this.tryOne(session, name);
      }
      if (this.held.size > share) await this.giveOne(session);
    } catch {
      this.lose();
    }
  }

  // Silent replicas count no more. Sharing is not exact while replicas come and go, and need not be.
  private shareAmong(holders: readonly LockHolder[]): number {
    const replicas = holders.filter(({ shared, silent }) => shared && silent < SILENT_S).length;
    return Math.ceil(this.wanted.size / Math.max(1, replicas));
  }

  private async endSilent(session: LeaseSession, holders: readonly LockHolder[]): Promise<void> {
    const silent = holders.filter((holder) => holder.silent >= SILENT_S).map(({ pid }) => pid);
    if (silent.length > 0) await session.end([...new Set(silent)]);
  }

  private async tryOne(session: LeaseSession, name: string): Promise<void> {
    const won = await session.tryLock(lockKey(name));
    if (!won || this.session !== session || this.stopped) return;
    this.held.add(name);
    this.wanted.get(name)!.onWon();
  }

  // One a round: a replica that joins is warm before it has its whole share.
  private async giveOne(session: LeaseSession): Promise<void> {
    const name = [...this.held].at(-1)!;
    this.held.delete(name);
    this.wanted.get(name)!.onLost();
    await session.unlock(lockKey(name));
  }

  private async connected(): Promise<LeaseSession> {
    if (this.session) return this.session;
    // An old connection's last words say nothing about the one that holds the leases now.
    const opened: { session?: LeaseSession } = {};
    const session = await LeaseSession.open(this.url, this.applicationName, () => opened.session && this.session === opened.session && this.lose());
    opened.session = session;
    this.session = session;
    await session.join(this.presence);
    return session;
  }

  private get presence(): string {
    return lockKey(`${this.group}/presence`);
  }

  private lose(): void {
    const session = this.session;
    this.session = undefined;
    void session?.close();
    const lost = [...this.held];
    this.held.clear();
    for (const name of lost) this.wanted.get(name)?.onLost();
  }
}
