import { runService } from '#leadwire/service-kit';
import { VoiceCallsModule } from './voice-calls.module.js';

await runService(VoiceCallsModule);
