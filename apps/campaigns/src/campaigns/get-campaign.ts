import type { CampaignId, CampaignView } from '#leadwire/contracts';
import type { Call } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';
import { viewCampaign } from './campaign-view.js';

/** Reads a campaign and its progress. */
@Injectable()
export class GetCampaign {
  execute(call: Call<CampaignId>): Promise<CampaignView> {
    return call.transaction((tx) => viewCampaign(tx, call.input.campaignId));
  }
}
