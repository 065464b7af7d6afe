import { setTimeout as delay } from 'node:timers/promises';

/** The time inside one call: it starts when the call is created and passes `speed` times faster than ours. */
export class CallClock {
  private elapsedSeconds = 0;

  constructor(
    private readonly start: Date,
    private readonly speed: number,
    private readonly cut: AbortSignal,
  ) {}

  now(): Date {
    return new Date(this.start.getTime() + this.elapsedSeconds * 1000);
  }

  /** Waits seconds of the call's time; throws when the call is cut, counting the part that did pass. */
  async pass(seconds: number): Promise<void> {
    const began = performance.now();
    try {
      await delay((seconds * 1000) / this.speed, undefined, { signal: this.cut });
      this.elapsedSeconds += seconds;
    } catch (error) {
      this.elapsedSeconds += Math.min(((performance.now() - began) / 1000) * this.speed, seconds);
      throw error;
    }
  }
}
