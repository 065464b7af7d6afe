import type { CampaignId, CampaignView } from '#leadwire/contracts';
import type { Call } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';
import { StepRunner } from '../runner/step-runner.js';
import { viewCampaign } from './campaign-view.js';
import { moveCampaign } from './move-campaign.js';

/** Lets a paused campaign go on; what fell due meanwhile is done now. */
@Injectable()
export class ResumeCampaign {
  constructor(private readonly runner: StepRunner) {}

  execute(call: Call<CampaignId>): Promise<CampaignView> {
    const { campaignId } = call.input;
    return call.transaction(async (tx) => {
      await moveCampaign(tx, campaignId, 'resume');
      tx.afterCommit(() => this.runner.wake());
      return viewCampaign(tx, campaignId);
    });
  }
}
