import type { Logger } from 'pino';

const FAILURE_PAUSE_MS = 1_000;

/** Does a step over and over: at once when there was work or somebody wakes it, else after a pause. */
export class WorkLoop {
  private stopping = false;
  private woken = false;
  private loop: Promise<void> = Promise.resolve();
  private interrupt: () => void = () => undefined;

  constructor(
    readonly name: string,
    private readonly pauseMs: number,
    private readonly logger: Logger,
    /** Answers how much it did; 0 when there was nothing to do. */
    private readonly step: () => Promise<number>,
  ) {}

  async start(): Promise<void> {
    this.loop = this.run();
  }

  /** Begins no further step; the one in hand ends first. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.interrupt();
    await this.loop;
  }

  /** Says that there is work. */
  wake(): void {
    this.woken = true;
    this.interrupt();
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      this.woken = false;
      const pause = await this.once();
      if (pause > 0 && !this.woken && !this.stopping) await this.sleep(pause);
    }
  }

  private async once(): Promise<number> {
    try {
      return (await this.step()) > 0 ? 0 : this.pauseMs;
    } catch (error) {
      this.logger.warn({ err: error, worker: this.name }, 'a step failed, trying again');
      return FAILURE_PAUSE_MS;
    }
  }

  private sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.interrupt = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
