import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureEngine } from '../../../scripts/setup/engine.mjs';
import { createPrivatePostgres } from '../../../scripts/setup/private-postgres.mjs';
import { createProgress } from '../../../scripts/setup/progress.mjs';
import { checkoutSecrets } from '../../../scripts/setup/secrets.mjs';
import { openStateFolder } from '../../../scripts/setup/state-folder.mjs';
import { NatsServer } from './nats-server.js';
import { PostgresServer } from './postgres-server.js';

/** A PostgreSQL and a nats-server that nobody else uses: they are killed, frozen and filled. */
export class Servers {
  private constructor(
    readonly folder: string,
    readonly postgres: PostgresServer,
    readonly nats: NatsServer,
  ) {}

  static async start(): Promise<Servers> {
    const state = await openStateFolder(checkoutSecrets().instance);
    const engine = await ensureEngine(state.folder, createProgress());
    const folder = mkdtempSync(join(tmpdir(), 'leadwire-faults-'));
    chmodSync(folder, 0o755);
    const ownFolder = (name: string): string => {
      const path = join(folder, name);
      mkdirSync(path, { mode: 0o700, recursive: true });
      if (state.account.uid !== undefined) chownSync(path, state.account.uid, state.account.gid);
      return path;
    };
    const ground = { account: state.account, folder: ownFolder('nats') };
    const postgres = new PostgresServer(createPrivatePostgres({ engine, state: { account: state.account, ownFolder }, password: randomBytes(18).toString('base64url') }));
    const servers = new Servers(folder, postgres, await NatsServer.create(engine.natsProgram, ground));
    process.once('exit', () => servers.endNow());
    await Promise.all([postgres.start(), servers.nats.start()]);
    return servers;
  }

  /** Ends both. Logs stay where they are when something has to be looked into. */
  async stop(keepLogs: boolean): Promise<void> {
    await Promise.all([this.postgres.end('fast'), this.nats.end('SIGTERM')]);
    this.endNow();
    if (!keepLogs) rmSync(this.folder, { recursive: true, force: true });
  }

  private endNow(): void {
    this.nats.killNow();
    this.postgres.killNow();
    for (const data of ['postgres/data', 'nats/store']) rmSync(join(this.folder, data), { recursive: true, force: true });
  }
}
