import type { CampaignId, CampaignView } from '#leadwire/contracts';
import type { Call } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';
import { SegmentEnroller } from '../enrolments/segment-enroller.js';
import { viewCampaign } from './campaign-view.js';
import { moveCampaign } from './move-campaign.js';

/** Starts a campaign: its segment is enrolled in the background, so that a million leads take no longer than ten. */
@Injectable()
export class StartCampaign {
  constructor(private readonly enroller: SegmentEnroller) {}

  execute(call: Call<CampaignId>): Promise<CampaignView> {
    const { campaignId } = call.input;
    return call.transaction(async (tx) => {
      await moveCampaign(tx, campaignId, 'start');
      await tx.query(`insert into enrolment_runs (campaign_id) values ($1)`, [campaignId]);
      tx.afterCommit(() => this.enroller.wake());
      return viewCampaign(tx, campaignId);
    });
  }
}
