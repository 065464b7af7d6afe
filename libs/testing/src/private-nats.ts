import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { natsProgram } from './testing.config.js';
import { until } from './until.js';

/** A real nats-server of a test's own, with JetStream, for what the shared one cannot show: logins and TLS. */
export class PrivateNats {
  private constructor(
    readonly folder: string,
    readonly port: number,
    private readonly process: ChildProcess,
  ) {}

  /** Starts it with lines of its own in its configuration; `files` stand beside that by their paths. Throws with the log. */
  static async start(lines: string, files: Record<string, string> = {}): Promise<PrivateNats> {
    const program = natsProgram();
    if (!program) throw new Error('no nats-server program was found: set TEST_NATS_PROGRAM');
    const folder = mkdtempSync(join(tmpdir(), 'leadwire-nats-'));
    const port = await freePort();
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content, { mode: 0o600 });
    }
    writeFileSync(join(folder, 'server.conf'), `listen: "127.0.0.1:${port}"\npid_file: "${folder}/nats.pid"\njetstream { store_dir: "${folder}/data" }\n${lines}\n`);
    const child = spawn(program, ['-c', join(folder, 'server.conf'), '-l', join(folder, 'log')], { stdio: ['ignore', 'ignore', openSync(join(folder, 'errors'), 'w')], cwd: folder });
    const nats = new PrivateNats(folder, port, child);
    await until('nats-server is ready', () => nats.log().includes('Server is ready') || child.exitCode !== null);
    if (child.exitCode !== null) throw new Error(`nats-server did not start: ${readFileSync(join(folder, 'errors'), 'utf8')}${nats.log()}`);
    return nats;
  }

  /** Replaces a file beside the configuration and has the server read it. */
  async reload(name: string, content: string): Promise<void> {
    const before = this.log().length;
    writeFileSync(join(this.folder, name), content, { mode: 0o600 });
    this.process.kill('SIGHUP');
    await until('the server has reloaded', () => this.log().slice(before).includes('Reloaded'));
  }

  log(): string {
    return readFileSync(join(this.folder, 'log'), { encoding: 'utf8', flag: 'a+' });
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    if (this.process.exitCode === null && this.process.kill('SIGKILL')) await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
