import { Lifecycle, LOGGER, WorkLoop } from '#leadwire/service-kit';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { CampaignsConfig } from '../campaigns.config.js';
import { BeginStep } from './begin-step.js';
import { EnrolmentClaims, type ClaimedEnrolment } from './enrolment-claims.js';
import { RecordMailOutcome } from './record-mail-outcome.js';
import { ResolveIntent } from './resolve-intent.js';
import { SendMail } from './send-mail.js';

const AFTER_FAILURE_MS = 5_000;

/**
 * Does the steps that are due: claims enrolments in sets, as many as the mail pool has connections, and takes each one
 * step further. Any number of replicas may run; whichever dies leaves claims that end and intents that are looked up.
 */
@Injectable()
export class StepRunner implements OnModuleInit {
  readonly name = 'step-runner';
  private readonly loop: WorkLoop;
  private readonly inHand = new Map<string, Promise<void>>();
  /** Claimed again while still in hand: its step had committed, and its next was due at once. */
  private readonly again = new Map<string, ClaimedEnrolment>();
  private renewal: NodeJS.Timeout | undefined;

  constructor(
    private readonly claims: EnrolmentClaims,
    private readonly beginStep: BeginStep,
    private readonly sendMail: SendMail,
    private readonly resolveIntent: ResolveIntent,
    private readonly recordOutcome: RecordMailOutcome,
    private readonly lifecycle: Lifecycle,
    private readonly config: CampaignsConfig,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.loop = new WorkLoop({ name: this.name, pauseMs: config.runnerPollMs, logger, step: () => this.takeMore() });
  }

  onModuleInit(): void {
    this.lifecycle.add(this);
  }

  async start(): Promise<void> {
    this.renewal = setInterval(() => void this.renew(), this.config.runnerLeaseMs / 3);
    await this.loop.start();
  }

  /** Claims no more and finishes what is in hand. */
  async stop(): Promise<void> {
    await this.loop.stop();
    while (this.inHand.size > 0) await Promise.all(this.inHand.values());
    clearInterval(this.renewal);
  }

  /** Something may have fallen due. */
  wake(): void {
    this.loop.wake();
  }

  // Claims when half the places are free: few large claims instead of many small ones, without idle connections.
  private async takeMore(): Promise<boolean> {
    const free = this.config.mailPool - this.inHand.size;
    if (free < this.config.mailPool / 2) return false;
    const claimed = await this.claims.claim(free);
    for (const enrolment of claimed) this.takeUp(enrolment);
    return claimed.length > 0;
  }

  private takeUp(enrolment: ClaimedEnrolment): void {
    const { id } = enrolment;
    if (this.inHand.has(id)) return void this.again.set(id, enrolment);
    const work = this.takeFurther(enrolment).catch((error: unknown) => this.giveBack(enrolment, error));
    this.inHand.set(id, work.finally(() => this.layDown(id)));
  }

  private layDown(id: string): void {
    const next = this.again.get(id);
    this.again.delete(id);
    this.inHand.delete(id);
    if (next) this.takeUp(next);
    else this.claims.forget(id);
    this.wake();
  }

  private async takeFurther(enrolment: ClaimedEnrolment): Promise<void> {
    let act = await this.beginStep.execute(enrolment, this.claims.claimedBy, false);
    if (act?.do === 'resolve') {
      const found = await this.resolveIntent.execute(act.intent);
      if (found !== 'send-again') return this.recordOutcome.execute(act.intent, found);
      act = await this.beginStep.execute(enrolment, this.claims.claimedBy, true);
    }
    if (act?.do !== 'send') return;
    // A process that was stopped for longer than its lease must not send: another may have taken the intent over.
    if (!this.claims.stillHolds(enrolment.id)) return;
    await this.recordOutcome.execute(act.intent, await this.sendMail.execute(act.intent));
  }

  private async giveBack({ id, tenantId }: ClaimedEnrolment, error: unknown): Promise<void> {
    this.logger.error({ err: error, enrolment: id, tenantId }, 'a step failed, it is tried again');
    // Unreachable too? Then the claim ends by itself.
    await this.claims.giveBack(id, AFTER_FAILURE_MS).catch(() => undefined);
  }

  private async renew(): Promise<void> {
    await this.claims.renew().catch((error: unknown) => this.logger.warn({ err: error }, 'renewing claims failed'));
  }
}
