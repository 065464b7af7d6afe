import { campaignCompleted } from '#leadwire/contracts';
import { Database, type TenantTx } from '#leadwire/database';
import { Outbox } from '#leadwire/messaging';
import { Lifecycle, LOGGER, WorkLoop } from '#leadwire/service-kit';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { CampaignsConfig } from '../campaigns.config.js';

// Nothing of a closed segment goes on by itself any more, and no mail is without an outcome. A held enrolment does not
// keep its campaign open: nothing that the campaign does would release it.
const ENDED = `
  select c.tenant_id as "tenantId", c.id, r.enrolled
  from campaigns c join enrolment_runs r on r.campaign_id = c.id
  where c.status = 'running' and r.finished_at is not null and not exists (
    select 1 from campaign_leads cl where cl.tenant_id = c.tenant_id and cl.campaign_id = c.id
      and (cl.due_at is not null or cl.status in ('pending', 'active', 'waiting')))
  limit 100`;
const COMPLETE = `
  update campaigns set status = 'completed', completed_at = now(), updated_at = now()
  where id = $1 and status = 'running' returning id`;

interface EndedCampaign {
  tenantId: string;
  id: string;
  enrolled: number;
}

/** Completes campaigns whose enrolments have all ended. An ended enrolment never begins again, so looking is enough. */
@Injectable()
export class CampaignCloser implements OnModuleInit {
  private readonly loop: WorkLoop;

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly lifecycle: Lifecycle,
    config: CampaignsConfig,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.loop = new WorkLoop({ name: 'campaign-closer', pauseMs: 2 * config.runnerPollMs, logger, step: () => this.closeEnded() });
  }

  onModuleInit(): void {
    this.lifecycle.add(this.loop);
  }

  private async closeEnded(): Promise<boolean> {
    const ended = await this.database.forPlatform((tx) => tx.query<EndedCampaign>(ENDED));
    for (const campaign of ended) await this.database.forTenantAsService(campaign.tenantId, (tx) => this.close(tx, campaign));
    return ended.length > 0;
  }

  private async close(tx: TenantTx, { id, enrolled }: EndedCampaign): Promise<void> {
    const closed = await tx.query(COMPLETE, [id]);
    if (closed.length > 0) await this.outbox.add(tx, campaignCompleted, id, { enrolled });
  }
}
