import { runService } from '#leadwire/service-kit';
import { LeadsModule } from './leads.module.js';

await runService(LeadsModule);
