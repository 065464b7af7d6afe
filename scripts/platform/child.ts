import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { inheritedEnvironment } from './child.config.js';

/** How a process of the platform is started, and started again. */
export interface ChildSpec {
  readonly name: string;
  /** Compiled entry point, relative to the checkout. */
  readonly entry: string;
  readonly environment: Record<string, string>;
  readonly logFile: string;
  /** Answers 200 when the process can do its work. */
  readonly readyUrl: string;
}

const READY_DEADLINE_MS = 60_000;
const STOP_DEADLINE_MS = 30_000;

/** One process of the platform, its output in a file of its own. */
export class Child {
  private process?: ChildProcess;
  private ended?: Promise<void>;

  constructor(readonly spec: ChildSpec) {}

  get pid(): number | undefined {
    return this.process?.pid;
  }

  /** Starts the process and waits until it is ready; throws with the end of its log when it ends before. */
  async start(): Promise<void> {
    const { entry, environment, logFile } = this.spec;
    mkdirSync(dirname(logFile), { recursive: true });
    const log = openSync(logFile, 'a');
    this.process = spawn(process.execPath, ['--enable-source-maps', entry], {
      env: { ...inheritedEnvironment(), ...environment },
      stdio: ['ignore', log, log],
      detached: true,
    });
    this.ended = new Promise((resolve) => this.process!.once('exit', () => resolve()));
    await this.untilReady();
  }

  /** Takes the process down at once, as a crash would. */
  async kill(): Promise<void> {
    this.process?.kill('SIGKILL');
    await this.ended;
  }

  /** Asks the process to drain and end; kills it when it does not. */
  async stop(): Promise<void> {
    if (!this.process || this.process.exitCode !== null || this.process.signalCode !== null) return;
    this.process.kill('SIGTERM');
    const timer = setTimeout(() => this.process?.kill('SIGKILL'), STOP_DEADLINE_MS);
    await this.ended;
    clearTimeout(timer);
  }

  /** Lets the process outlive this one. */
  release(): void {
    this.process?.unref();
  }

  private async untilReady(): Promise<void> {
    const end = Date.now() + READY_DEADLINE_MS;
    while (Date.now() < end) {
      if (this.process!.exitCode !== null || this.process!.signalCode !== null) break;
      const answer = await fetch(this.spec.readyUrl).catch(() => undefined);
      if (answer?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`${this.spec.name} did not become ready; its log is ${this.spec.logFile}`);
  }
}
