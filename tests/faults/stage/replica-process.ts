import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { SOURCE_FLAGS } from '../node-flags.mjs';
import type { Conditions, FromReplica, ReplicaOrders, ToReplica } from '../replica/orders.js';
import { signal } from './process-tree.js';

const MAIN = new URL('../replica/main.ts', import.meta.url);
const CLOCK = new URL('../replica/stepped-clock.ts', import.meta.url).href;
const RESTART_MS = 300;
const STOP_MS = 20_000;

/** A replica in a process of its own, started again whenever it ends, as a process manager would. */
export class ReplicaProcess {
  private child?: ChildProcess;
  private wanted = false;
  private readonly told = new Set<FromReplica>();
  /** Deaths that nobody ordered, of processes that had come up. */
  readonly collapses: string[] = [];

  constructor(
    private readonly orders: ReplicaOrders,
    private conditions: Conditions,
    private readonly logFile: string,
  ) {}

  get name(): string {
    return this.orders.name;
  }

  start(): void {
    this.wanted = true;
    const log = openSync(this.logFile, 'a');
    const child = fork(MAIN, { execArgv: [...SOURCE_FLAGS, '--import', CLOCK], stdio: ['ignore', log, log, 'ipc'] });
    closeSync(log);
    this.child = child;
    this.told.clear();
    child.on('message', (what: FromReplica) => this.child === child && this.told.add(what));
    child.on('error', () => undefined);
    child.once('exit', (code, how) => this.onExit(child, `exit ${code ?? how}`));
    this.send({ start: this.orders, conditions: this.conditions });
  }

  /** Whether the process that is there now has said so. */
  has(what: FromReplica): boolean {
    return this.told.has(what);
  }

  change(conditions: Partial<Conditions>): void {
    this.conditions = { ...this.conditions, ...conditions };
    this.send({ conditions: this.conditions });
  }

  /** `kill -9`, and nothing there until `start`. */
  kill(): void {
    this.wanted = false;
    signal(this.child?.pid, 'SIGKILL');
  }

  freeze(): void {
    signal(this.child?.pid, 'SIGSTOP');
  }

  thaw(): void {
    signal(this.child?.pid, 'SIGCONT');
  }

  /** Asks it to end in order; whether it did so in time. */
  async stop(): Promise<boolean> {
    this.wanted = false;
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return true;
    const ended = once(child, 'exit').then(() => true);
    this.send({ stop: true });
    const inTime = await Promise.race([ended, sleep(STOP_MS, false, { ref: false })]);
    this.kill();
    return inTime;
  }

  private send(message: ToReplica): void {
    if (this.child?.connected) this.child.send(message, () => undefined);
  }

  private onExit(child: ChildProcess, how: string): void {
    if (child !== this.child || !this.wanted) return;
    if (this.told.has('started')) this.collapses.push(`${this.name}: ${how}`);
    setTimeout(() => this.wanted && this.child === child && this.start(), RESTART_MS);
  }
}
