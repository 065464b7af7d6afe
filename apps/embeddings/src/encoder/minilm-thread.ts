import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { EncoderUnavailable, TextNotEncodable } from './encoder.port.js';
import type { MiniLmFiles } from './minilm-weights.js';

export interface ThreadSetup {
  files: MiniLmFiles;
  intraOpThreads: number;
}
export type ThreadOrder = 'close' | { id: number; text: string };
export type ThreadAnswer = 'ready' | { id: number; vector: Float32Array } | { id: number; error: string };

interface Waiting {
  resolve(vector: Float32Array): void;
  reject(reason: Error): void;
}

/** One inference thread as seen from the service: give it a text, await its vector. */
export class MiniLmThread {
  private readonly waiting = new Map<number, Waiting>();
  private readonly worker: Worker;
  private reason: Error | undefined;
  private nextId = 0;
  /** Resolves when the thread has ended; every text it still held has been rejected by then. */
  readonly ended: Promise<void>;

  private constructor(setup: ThreadSetup) {
    // The worker stands beside this file under the same extension: .ts from source, .js when built.
    const file = new URL(`./minilm-worker${extname(import.meta.url)}`, import.meta.url);
    this.worker = new Worker(file, { workerData: setup, execArgv: [] });
    this.worker.on('error', (error) => (this.reason = error instanceof Error ? error : new Error(String(error))));
    this.worker.on('message', (answer: ThreadAnswer) => this.settle(answer));
    this.ended = new Promise((resolve) => this.worker.once('exit', () => resolve(this.rejectAll())));
  }

  static async start(setup: ThreadSetup): Promise<MiniLmThread> {
    const thread = new MiniLmThread(setup);
    const ready = new Promise<boolean>((resolve) => thread.worker.once('message', () => resolve(true)));
    if (await Promise.race([ready, thread.ended.then(() => false)])) return thread;
    throw thread.unavailable();
  }

  get inFlight(): number {
    return this.waiting.size;
  }

  run(text: string): Promise<Float32Array> {
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.worker.postMessage({ id, text } satisfies ThreadOrder);
    });
  }

  async close(): Promise<void> {
    this.worker.postMessage('close' satisfies ThreadOrder);
    await this.ended;
  }

  private settle(answer: ThreadAnswer): void {
    if (answer === 'ready') return;
    const waiting = this.waiting.get(answer.id);
    this.waiting.delete(answer.id);
    if ('vector' in answer) waiting?.resolve(answer.vector);
    else waiting?.reject(new TextNotEncodable(`A text could not be encoded: ${answer.error}`));
  }

  private rejectAll(): void {
    for (const { reject } of this.waiting.values()) reject(this.unavailable());
    this.waiting.clear();
  }

  private unavailable(): EncoderUnavailable {
    const why = this.reason?.message ?? 'it ended';
    return new EncoderUnavailable(`An inference thread failed: ${why}`, { cause: this.reason });
  }
}
