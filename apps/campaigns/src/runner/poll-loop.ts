/** What a loop needs: the work, how long to rest when there was none, whom to tell of a failure. */
export interface PollWork {
  /** Does a piece of work; answers whether there may be more right now. */
  once(): Promise<boolean>;
  pollMs: number;
  onError(error: unknown): void;
}

/** Does work again and again: at once while there is more, when woken, and else after a pause. */
export class PollLoop {
  private running: Promise<void> = Promise.resolve();
  private stopping = false;
  private woken = false;
  private endPause: () => void = () => undefined;

  constructor(private readonly work: PollWork) {}

  async start(): Promise<void> {
    this.stopping = false;
    this.running = this.run();
  }

  /** Ends after the piece in hand. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.wake();
    await this.running;
  }

  wake(): void {
    this.woken = true;
    this.endPause();
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      this.woken = false;
      const more = await this.work.once().catch((error: unknown) => {
        this.work.onError(error);
        return false;
      });
      if (!more && !this.woken && !this.stopping) await this.pause();
    }
  }

  private pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.work.pollMs);
      this.endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
