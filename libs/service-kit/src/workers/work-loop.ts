import type { Logger } from 'pino';
import type { LifecyclePart } from '../module/lifecycle.js';

const FAILURE_PAUSE_MS = 1_000;

/** What a loop does, and how long it rests. */
export interface WorkLoopOptions {
  /** Names the worker in the log and when it is stopped. */
  name: string;
  /** How long to rest after a step that found nothing, unless woken. In milliseconds. */
  pauseMs: number;
  /** How long to rest after a step that failed, woken or not: what is down is not hammered. 1,000 milliseconds unless told. */
  failurePauseMs?: number;
  /** How many do the step beside each other; 1 unless told. */
  abreast?: number;
  logger: Logger;
  /** Does one piece of work; answers whether it found any, for then the next step follows at once. It may throw. */
  step: () => Promise<boolean>;
}

/**
 * Does a step over and over: at once while there is work, or when somebody wakes it, else after a pause. A step that
 * fails is logged and tried again. Add it to the `Lifecycle` as it is: `lifecycle.add(loop)`.
 */
export class WorkLoop implements LifecyclePart {
  readonly name: string;
  private isStopping = false;
  private running: Promise<unknown> = Promise.resolve();
  private wakes = 0;
  private readonly rests = new Set<() => void>();
  private readonly recoveries = new Set<() => void>();

  constructor(private readonly options: WorkLoopOptions) {
    this.name = options.name;
  }

  /** Whether no further step begins: a step of many parts may end after the part in hand. */
  get stopping(): boolean {
    return this.isStopping;
  }

  async start(): Promise<void> {
    this.isStopping = false;
    this.running = Promise.all(Array.from({ length: this.options.abreast ?? 1 }, () => this.run()));
  }

  /** Begins no further step; resolves when those in hand have ended. */
  async stop(): Promise<void> {
    this.isStopping = true;
    for (const end of [...this.rests, ...this.recoveries]) end();
    await this.running;
  }

  /** Says that there may be work: whoever rests looks now, and whoever is at a step looks once more after it. */
  wake(): void {
    this.wakes += 1;
    for (const end of this.rests) end();
  }

  private async run(): Promise<void> {
    while (!this.isStopping) {
      // Read before the step: work told of during it may not be what it found, so it does not rest on that answer.
      const wakesBefore = this.wakes;
      const found = await this.once();
      if (this.isStopping) return;
      if (found === 'failed') await pause(this.options.failurePauseMs ?? FAILURE_PAUSE_MS, this.recoveries);
      else if (!found && this.wakes === wakesBefore) await pause(this.options.pauseMs, this.rests);
    }
  }

  private async once(): Promise<boolean | 'failed'> {
    try {
      return await this.options.step();
    } catch (error) {
      this.options.logger.warn({ err: error, worker: this.name }, 'a step of a worker failed, it is tried again');
      return 'failed';
    }
  }
}

/** Ends after so many milliseconds, or when what it puts among `ends` meanwhile is called. */
async function pause(ms: number, ends: Set<() => void>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  ends.add(resolve);
  await promise;
  ends.delete(resolve);
  clearTimeout(timer);
}
