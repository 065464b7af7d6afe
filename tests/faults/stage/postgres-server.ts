import { setTimeout as sleep } from 'node:timers/promises';
import { createPrivatePostgres } from '../../../scripts/setup/private-postgres.mjs';
import { signal, signalTree } from './process-tree.js';

/** The suite's own PostgreSQL. */
export class PostgresServer {
  private port = 0;

  constructor(private readonly server: ReturnType<typeof createPrivatePostgres>) {}

  /** The address of its administrator, past every proxy. */
  get url(): string {
    return this.server.url(this.port);
  }

  get portNow(): number {
    return this.port;
  }

  async start(): Promise<void> {
    this.port = await this.server.start();
  }

  /** Ends it: in order (fast), as a crash does (immediate), or by `kill -9` of its first process. */
  async end(how: 'fast' | 'immediate' | 'kill'): Promise<void> {
    const pid: number | undefined = this.server.runningPid();
    if (how === 'fast') return this.server.stop();
    signal(pid, how === 'immediate' ? 'SIGQUIT' : 'SIGKILL');
    while (this.server.runningPid()) await sleep(20);
  }

  freeze(): void {
    signalTree(this.server.runningPid(), 'SIGSTOP');
  }

  thaw(): void {
    signalTree(this.server.runningPid(), 'SIGCONT');
  }

  killNow(): void {
    this.thaw();
    signal(this.server.runningPid(), 'SIGQUIT');
  }
}
