import { CallClock } from './call-clock.js';
import type { CallRecord, LocalCallStatus } from './call-record.js';
import { CallReporter } from './call-reporter.js';
import type { CallbackLine } from './callback-line.js';
import { converse } from './conversation.js';
import { seededStream } from './seeded-choice.js';

export interface CallLifeOptions {
  accountSid: string;
  seed: string;
  speed: number;
}

/** One call from the queue to its end. `hangUp` may come at any instant of it. */
export class CallLife {
  private readonly cut = new AbortController();
  private readonly clock: CallClock;
  private readonly report: CallReporter;
  private readonly random: () => number;
  private answeredAt: Date | null = null;
  private hungUpAs: LocalCallStatus = 'completed';

  constructor(
    private readonly call: CallRecord,
    line: CallbackLine,
    private readonly options: CallLifeOptions,
  ) {
    this.clock = new CallClock(call.dateCreated, options.speed, this.cut.signal);
    this.report = new CallReporter(call, options.accountSid, this.clock, line);
    this.random = seededStream(options.seed, call.to, 'life');
  }

  async live(): Promise<void> {
    try {
      await this.dial();
      if (await this.ring()) await this.talk();
    } catch (error) {
      if (!this.cut.signal.aborted) throw error;
      this.end(this.answeredAt ? 'completed' : this.hungUpAs, this.answeredAt ? 200 : 487);
    }
  }

  hangUp(as: 'completed' | 'canceled'): void {
    this.hungUpAs = as === 'canceled' || !this.answeredAt ? 'canceled' : 'completed';
    this.cut.abort();
  }

  private async dial(): Promise<void> {
    await this.clock.pass(this.between(0.3, 1.5));
    this.call.startTime = this.clock.now();
    this.enter('initiated');
    this.report.status('initiated');
    await this.clock.pass(this.between(0.5, 2));
  }

  /** True when somebody, or their machine, picks up. */
  private async ring(): Promise<boolean> {
    const { outcome, timeoutSeconds } = this.call;
    if (outcome === 'failed') return this.end('failed', 404);
    this.enter('ringing');
    this.report.status('ringing');
    const rings = {
      busy: [0.5, 2],
      rejected: [3, 8],
      human: [3, 14],
      voicemail: [16, 22],
      'no-answer': [600, 600],
    } as const;
    const [least, most] = rings[outcome];
    const seconds = this.between(least, most);
    // A person hurries to a short ring; a machine does not.
    const patient = outcome === 'human' ? Math.min(seconds, timeoutSeconds * 0.8) : seconds;
    await this.clock.pass(Math.min(patient, timeoutSeconds));
    if (patient >= timeoutSeconds) return this.end('no-answer', 487);
    if (outcome === 'busy') return this.end('busy', 486);
    // A callee who declines (SIP 603) is "busy" to Twilio, which knows no rejected call.
    if (outcome === 'rejected') return this.end('busy', 603);
    return true;
  }

  private async talk(): Promise<void> {
    const { call, clock, report } = this;
    this.answeredAt = clock.now();
    this.enter('in-progress');
    if (call.machineDetection) call.answeredBy = this.detected();
    report.status('answered');
    const { persona, turns } = converse(this.options.seed, call.to, call.outcome, call.script);
    call.persona = persona;
    report.transcriptionStarted();
    try {
      for (const turn of turns) {
        await clock.pass(turn.seconds);
        report.transcriptionContent(turn);
      }
    } finally {
      report.transcriptionStopped();
    }
    this.end('completed', 200);
  }

  private detected(): string {
    if (this.call.outcome === 'human') return 'human';
    return this.call.machineDetection === 'DetectMessageEnd' ? 'machine_end_beep' : 'machine_start';
  }

  private end(status: LocalCallStatus, sipResponseCode: number): false {
    const { call } = this;
    call.endTime = this.clock.now();
    call.duration = this.answeredAt
      ? Math.ceil((call.endTime.getTime() - this.answeredAt.getTime()) / 1000)
      : 0;
    call.sipResponseCode = sipResponseCode;
    this.enter(status);
    this.report.status('completed');
    return false;
  }

  private enter(status: LocalCallStatus): void {
    this.call.status = status;
    this.call.dateUpdated = this.clock.now();
  }

  private between(least: number, most: number): number {
    return least + this.random() * (most - least);
  }
}
