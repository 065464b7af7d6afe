import { runService } from '#leadwire/service-kit';
import { CampaignsModule } from './campaigns.module.js';

await runService(CampaignsModule);
