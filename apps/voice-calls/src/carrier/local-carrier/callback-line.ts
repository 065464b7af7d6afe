import type { CallbackSender } from './callback-sender.js';

const repeatedShare = 0.1;
const reorderedShare = 0.05;

/** The callbacks of one call: in order, but for the few that are repeated or overtaken on purpose. */
export class CallbackLine {
  private last: Promise<void> = Promise.resolve();

  constructor(
    private readonly sender: CallbackSender,
    private readonly random: () => number,
    private readonly speed: number,
  ) {}

  send(url: string, params: Record<string, string>): void {
    const repeated = this.random() < repeatedShare;
    const overtaken = this.random() < reorderedShare;
    if (overtaken) void this.later('reordered', url, params);
    else this.last = this.last.then(() => this.sender.deliver(url, params));
    if (repeated) void this.later('repeated', url, params);
  }

  private async later(
    why: 'repeated' | 'reordered',
    url: string,
    params: Record<string, string>,
  ): Promise<void> {
    this.sender.counts[why] += 1;
    this.sender.counts.pending += 1;
    // About eight seconds of the call: long enough for the next line or status to pass by.
    const awake = await this.sender.wait(Math.min(Math.max(8000 / this.speed, 150), 8000));
    this.sender.counts.pending -= 1;
    if (awake) await this.sender.deliver(url, params);
  }
}
