import { availableParallelism } from 'node:os';
import { EncoderClosed, EncoderOverloaded, EncoderUnavailable } from './encoder.port.js';
import type { Encoder } from './encoder.port.js';
import { FairQueue } from './fair-queue.js';
import { MiniLmThread } from './minilm-thread.js';
import type { ThreadSetup } from './minilm-thread.js';
import { locateMiniLm, verifyWeights } from './minilm-weights.js';

export interface MiniLmOptions {
  /** Inference threads, each with its own session. Default: the cores of the machine, at most 2. */
  threads?: number;
  /** Threads inside one inference. Default 1: two texts at once beat one text on two cores. */
  intraOpThreads?: number;
  /** Texts that may wait, over all callers. Default 20,000. */
  maxWaiting?: number;
  /** Another file of the same weights; checked all the same. */
  weights?: string;
}

// Two on a thread: while one is computed the next is already there, so that a busy event loop starves no thread.
const PER_THREAD = 2;

interface Call {
  vectors: Float32Array[];
  missing: number;
  settled: boolean;
  resolve(vectors: Float32Array[]): void;
  reject(reason: Error): void;
}
interface Job {
  call: Call;
  index: number;
  text: string;
}

/** all-MiniLM-L6-v2, int8, in this process and offline. English. Why one text a run: see README.md beside. */
export class MiniLmEncoder implements Encoder {
  readonly model = 'all-MiniLM-L6-v2-int8';
  readonly dimensions = 384 as const;
  private readonly queue: FairQueue<Job>;
  private closing: Promise<void> | undefined;
  private broken: Error | undefined;

  private constructor(
    private readonly setup: ThreadSetup,
    private threads: MiniLmThread[],
    maxWaiting: number,
  ) {
    this.queue = new FairQueue(maxWaiting);
    for (const thread of threads) this.watch(thread);
  }

  static async load(options: MiniLmOptions = {}): Promise<MiniLmEncoder> {
    const files = locateMiniLm();
    if (options.weights) files.weights = options.weights;
    await verifyWeights(files.weights);
    const setup = { files, intraOpThreads: options.intraOpThreads ?? 1 };
    const count = options.threads ?? Math.min(2, availableParallelism());
    const threads = await Promise.all(Array.from({ length: count }, () => MiniLmThread.start(setup)));
    return new MiniLmEncoder(setup, threads, options.maxWaiting ?? 20_000);
  }

  async encode(texts: string[]): Promise<Float32Array[]> {
    if (this.closing) throw new EncoderClosed();
    if (this.broken) throw this.broken;
    if (texts.length === 0) return [];
    return new Promise((resolve, reject) => {
      const call: Call = { vectors: [], missing: texts.length, settled: false, resolve, reject };
      if (this.queue.add(texts.map((text, index) => ({ call, index, text })))) this.pump();
      else reject(new EncoderOverloaded(this.queue.size, texts.length, this.queue.limit));
    });
  }

  close(): Promise<void> {
    this.closing ??= this.shutDown();
    return this.closing;
  }

  private async shutDown(): Promise<void> {
    this.refuseWaiting(new EncoderClosed());
    await Promise.all(this.threads.map((thread) => thread.close()));
  }

  private pump(): void {
    for (;;) {
      const thread = this.leastBusy();
      if (!thread || thread.inFlight >= PER_THREAD) return;
      const job = this.queue.take();
      if (!job) return;
      if (!job.call.settled) void this.run(thread, job);
    }
  }

  private async run(thread: MiniLmThread, job: Job): Promise<void> {
    try {
      const vector = await thread.run(job.text);
      this.answer(job, vector);
    } catch (error) {
      this.fail(job, error as Error);
    }
    this.pump();
  }

  private leastBusy(): MiniLmThread | undefined {
    return this.threads.reduce<MiniLmThread | undefined>(
      (best, thread) => (best && best.inFlight <= thread.inFlight ? best : thread),
      undefined,
    );
  }

  private answer({ call, index }: Job, vector: Float32Array): void {
    call.vectors[index] = vector;
    call.missing--;
    if (call.missing > 0 || call.settled) return;
    call.settled = true;
    call.resolve(call.vectors);
  }

  private fail({ call }: Job, reason: Error): void {
    if (call.settled) return;
    call.settled = true;
    call.reject(reason);
  }

  private refuseWaiting(reason: Error): void {
    for (const job of this.queue.drain()) this.fail(job, reason);
  }

  /** A thread that died takes only its own texts with it; another takes its place. */
  private watch(thread: MiniLmThread): void {
    void thread.ended.then(async () => {
      this.threads = this.threads.filter((other) => other !== thread);
      if (!this.closing) await this.replace();
    });
  }

  private async replace(): Promise<void> {
    try {
      const thread = await MiniLmThread.start(this.setup);
      if (this.closing) return await thread.close();
      this.threads.push(thread);
      this.watch(thread);
      this.pump();
    } catch (cause) {
      if (this.threads.length > 0) return;
      this.broken = new EncoderUnavailable('No inference thread could be started.', { cause });
      this.refuseWaiting(this.broken);
    }
  }
}
