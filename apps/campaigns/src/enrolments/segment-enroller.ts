import { leadsOperations, type LeadView, type Page } from '#leadwire/contracts';
import { Database } from '#leadwire/database';
import { newId, Problem, serviceCaller } from '#leadwire/kernel';
import { Outbox } from '#leadwire/messaging';
import { clientOf, RpcClient, RpcProblems } from '#leadwire/rpc';
import { Lifecycle, LOGGER, WorkLoop } from '#leadwire/service-kit';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { CampaignsConfig } from '../campaigns.config.js';
import { StepRunner } from '../runner/step-runner.js';
import { enrolPage } from './enrol-page.js';
import { claimRun, giveRunBack, type EnrolmentRun } from './enrolment-run.js';

const PAGE = 500;
const LEASE_MS = 60_000;
const RETRY_MS = 1_000;

/** Enrols the segments of started campaigns page by page; any replica may take up the next page. */
@Injectable()
export class SegmentEnroller implements OnModuleInit {
  private readonly loop: WorkLoop;
  private readonly leads: ReturnType<typeof clientOf<typeof leadsOperations>>;
  private pageSize = PAGE;

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly runner: StepRunner,
    private readonly lifecycle: Lifecycle,
    config: CampaignsConfig,
    rpc: RpcClient,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.leads = clientOf(rpc, leadsOperations);
    this.loop = new WorkLoop({ name: 'segment-enroller', pauseMs: config.runnerPollMs, logger, step: () => this.enrolNextPage() });
  }

  onModuleInit(): void {
    this.lifecycle.add(this.loop);
  }

  start(): Promise<void> {
    return this.loop.start();
  }

  /** Ends after the page in hand. */
  stop(): Promise<void> {
    return this.loop.stop();
  }

  /** A campaign was started. */
  wake(): void {
    this.loop.wake();
  }

  private async enrolNextPage(): Promise<boolean> {
    const claimedBy = newId();
    const run = await this.database.forPlatform((tx) => claimRun(tx, claimedBy, LEASE_MS));
    if (!run) return false;
    try {
      // The call stands outside the transaction: no lock is held while another service works.
      const page = await this.readPage(run);
      await this.database.forTenantAsService(run.tenantId, (tx) => enrolPage(tx, this.outbox, run, claimedBy, page));
      this.runner.wake();
      return true;
    } catch (error) {
      await this.database.forPlatform((tx) => giveRunBack(tx, run.campaignId, claimedBy, RETRY_MS));
      throw error;
    }
  }

  private async readPage({ tenantId, segment, cursor, enrolled }: EnrolmentRun): Promise<Page<LeadView>> {
    const limit = Math.min(this.pageSize, (segment.limit ?? Infinity) - enrolled);
    const caller = serviceCaller('campaigns', tenantId);
    try {
      return await this.leads.selectSegment({ filter: segment.filter, limit, ...(cursor && { cursor }) }, { caller });
    } catch (error) {
      // Leads with much text: a page has to fit into one message.
      if (error instanceof Problem && error.code === RpcProblems.answerTooLarge.type.code) this.pageSize = Math.max(1, Math.floor(limit / 2));
      this.logger.debug({ err: error, limit }, 'a page of a segment could not be read');
      throw error;
    }
  }
}
