import type { Bus } from '#leadwire/bus';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, closeSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort } from '../../../scripts/setup/free-port.mjs';
import { readNatsInfo } from '../../../scripts/setup/nats-info.mjs';
import { SmallDisk } from './small-disk.js';
import { signal } from './process-tree.js';

const START_MS = 30_000;
const DISK_MB = 96;
const FILLER = 'faults-filler';

/** Where a server of the suite lives, and as whom it runs. */
export interface ServerGround {
  readonly folder: string;
  readonly account: { uid?: number; gid?: number };
}

/** The suite's own nats-server, on a port and a store that it keeps over restarts. */
export class NatsServer {
  private child?: ChildProcess;

  private constructor(
    private readonly program: string,
    private readonly ground: ServerGround,
    readonly port: number,
    /** The disk that holds the store, where one could be mounted. */
    readonly disk: SmallDisk | undefined,
  ) {}

  static async create(program: string, ground: ServerGround): Promise<NatsServer> {
    const store = join(ground.folder, 'store');
    mkdirSync(store, { recursive: true });
    const disk = SmallDisk.mount(store, DISK_MB);
    if (ground.account.uid !== undefined) for (const folder of [ground.folder, store]) chownSync(folder, ground.account.uid, ground.account.gid!);
    const server = new NatsServer(program, ground, await findFreePort(), disk);
    writeFileSync(server.configFile, server.configuration());
    return server;
  }

  get url(): string {
    return `nats://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const output = openSync(join(this.ground.folder, 'nats.out'), 'a');
    const child = spawn(this.program, ['-c', this.configFile], { ...this.ground.account, cwd: this.ground.folder, stdio: ['ignore', output, output] });
    closeSync(output);
    this.child = child;
    const deadline = performance.now() + START_MS;
    while (performance.now() < deadline && child.exitCode === null) {
      const info = await readNatsInfo({ host: '127.0.0.1', port: this.port }).catch(() => undefined);
      if (info?.jetstream) return;
      await sleep(25);
    }
    throw new Error('the nats-server of the fault suite did not start; see nats.out in its folder');
  }

  /** Ends it: in order (SIGTERM) or as a crash does (SIGKILL). */
  async end(how: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGCONT');
    child.kill(how);
    const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(timer);
  }

  freeze(): void {
    signal(this.child?.pid, 'SIGSTOP');
  }

  thaw(): void {
    signal(this.child?.pid, 'SIGCONT');
  }

  /** Leaves no room for the stream's store. */
  async fillStore(bus: Bus): Promise<void> {
    if (this.disk) return this.disk.fill();
    const jsm = await jetstreamManager(bus.connection);
    await jsm.streams.add({ name: FILLER, subjects: [FILLER] });
    const block = Buffer.alloc(900 * 1024);
    for (let room = true; room; ) room = await jetstream(bus.connection).publish(FILLER, block).then(() => true, () => false);
  }

  /** Gives the room back. */
  async freeStore(bus: Bus): Promise<void> {
    if (this.disk) return this.disk.free();
    const jsm = await jetstreamManager(bus.connection);
    await jsm.streams.delete(FILLER);
  }

  killNow(): void {
    this.child?.kill('SIGKILL');
    this.disk?.unmountNow();
  }

  private get configFile(): string {
    return join(this.ground.folder, 'nats.conf');
  }

  // Where no disk could be mounted, the server's own limit stands for its end.
  private configuration(): string {
    const limit = this.disk ? '' : `max_file_store: ${DISK_MB}MB`;
    return `listen: "127.0.0.1:${this.port}"\nserver_name: "faults"\nmax_payload: 1MB\njetstream {\n  store_dir: ${JSON.stringify(join(this.ground.folder, 'store'))}\n  ${limit}\n}\n`;
  }
}
