import type { Socket } from 'node:net';

/** One direction of a connection: hands on what it gets, in order, at once or later. */
export class FaultPipe {
  private readonly waiting: { chunk: Buffer; due: number }[] = [];
  private timer?: NodeJS.Timeout;
  private held = false;

  constructor(
    private readonly to: Socket,
    private readonly delayMs: () => number,
  ) {}

  push(chunk: Buffer): void {
    const delay = this.delayMs();
    if (delay === 0 && !this.held && this.waiting.length === 0) return void this.to.write(chunk);
    this.waiting.push({ chunk, due: performance.now() + delay });
    this.schedule();
  }

  /** Keeps everything back from now on. */
  hold(): void {
    this.held = true;
    clearTimeout(this.timer);
  }

  /** Hands on what was kept back. */
  release(): void {
    this.held = false;
    this.schedule();
  }

  end(): void {
    clearTimeout(this.timer);
    this.waiting.length = 0;
  }

  private schedule(): void {
    clearTimeout(this.timer);
    const [first] = this.waiting;
    if (this.held || !first) return;
    this.timer = setTimeout(() => this.flush(), Math.max(0, first.due - performance.now()));
  }

  private flush(): void {
    const now = performance.now() + 1;
    while (this.waiting.length > 0 && this.waiting[0]!.due <= now) this.to.write(this.waiting.shift()!.chunk);
    this.schedule();
  }
}
