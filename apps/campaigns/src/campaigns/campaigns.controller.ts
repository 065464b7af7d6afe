import { campaignsOperations as operations, type CampaignId, type CreateCampaign as CreateCampaignInput, type PageQuery } from '#leadwire/contracts';
import { Handle, type Call } from '#leadwire/rpc';
import { Controller } from '@nestjs/common';
import { CreateCampaign } from './create-campaign.js';
import { GetCampaign } from './get-campaign.js';
import { ListCampaigns } from './list-campaigns.js';
import { PauseCampaign } from './pause-campaign.js';
import { ResumeCampaign } from './resume-campaign.js';
import { StartCampaign } from './start-campaign.js';

@Controller()
export class CampaignsController {
  constructor(
    private readonly create: CreateCampaign,
    private readonly get: GetCampaign,
    private readonly list: ListCampaigns,
    private readonly start: StartCampaign,
    private readonly pause: PauseCampaign,
    private readonly resume: ResumeCampaign,
  ) {}

  @Handle(operations.createCampaign)
  createCampaign(call: Call<CreateCampaignInput>) {
    return this.create.execute(call);
  }

  @Handle(operations.getCampaign)
  getCampaign(call: Call<CampaignId>) {
    return this.get.execute(call);
  }

  @Handle(operations.listCampaigns)
  listCampaigns(call: Call<PageQuery>) {
    return this.list.execute(call);
  }

  @Handle(operations.startCampaign)
  startCampaign(call: Call<CampaignId>) {
    return this.start.execute(call);
  }

  @Handle(operations.pauseCampaign)
  pauseCampaign(call: Call<CampaignId>) {
    return this.pause.execute(call);
  }

  @Handle(operations.resumeCampaign)
  resumeCampaign(call: Call<CampaignId>) {
    return this.resume.execute(call);
  }
}
