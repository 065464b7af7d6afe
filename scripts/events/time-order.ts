/** Something that was told at a time. */
interface Timed {
  readonly time: Date;
}

interface Waiting<T> {
  readonly event: T;
  readonly last: boolean;
  release(): void;
}

/**
 * Puts the past of several streams into one order of time: as long as one of them has more of its past to give, the
 * earliest of what each gives next goes first. What comes after that goes on as it comes.
 */
export class TimeOrder<T extends Timed> {
  private readonly heads = new Map<string, Waiting<T>>();
  private ended = false;

  constructor(
    /** The streams that have not given all of their past. */
    private readonly behind: Set<string>,
    private readonly pass: (event: T) => void,
  ) {}

  /** Takes a stream's next event, the last of its past or not; done when it has been passed on. */
  offer(stream: string, event: T, last: boolean): Promise<void> {
    if (this.ended) return Promise.resolve();
    return new Promise((release) => {
      this.heads.set(stream, { event, last, release });
      this.settle();
    });
  }

  /** There is nothing more of a stream's past. */
  caughtUp(stream: string): void {
    this.behind.delete(stream);
    this.settle();
  }

  /** Lets all who wait go, with nothing passed on any more. */
  end(): void {
    this.ended = true;
    for (const { release } of this.heads.values()) release();
  }

  private settle(): void {
    while (!this.ended && this.heads.size > 0 && [...this.behind].every((stream) => this.heads.has(stream))) {
      const [stream, head] = [...this.heads].reduce((a, b) => (b[1].event.time < a[1].event.time ? b : a));
      this.heads.delete(stream);
      if (head.last) this.behind.delete(stream);
      this.pass(head.event);
      head.release();
    }
  }
}
