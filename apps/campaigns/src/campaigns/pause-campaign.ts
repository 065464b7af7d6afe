import { campaignPaused, type CampaignId, type CampaignView } from '#leadwire/contracts';
import { Outbox } from '#leadwire/messaging';
import type { Call } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';
import { viewCampaign } from './campaign-view.js';
import { moveCampaign } from './move-campaign.js';

/** Pauses a campaign: from its commit on no touch begins, also of work that was claimed before. */
@Injectable()
export class PauseCampaign {
  constructor(private readonly outbox: Outbox) {}

  execute(call: Call<CampaignId>): Promise<CampaignView> {
    const { campaignId } = call.input;
    return call.transaction(async (tx) => {
      const { name } = await moveCampaign(tx, campaignId, 'pause');
      await this.outbox.add(tx, campaignPaused, campaignId, { name });
      return viewCampaign(tx, campaignId);
    });
  }
}
