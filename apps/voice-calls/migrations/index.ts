import { CreateBackbone1700000000000 } from '#leadwire/messaging';
import { CreateRefusedContexts1765000000000 } from '#leadwire/rpc';
import { CreateVoiceCalls1764000000000 } from './1764000000000-create-voice-calls.js';

/** Every migration of the service, in the order in which they run. */
export const voiceCallsMigrations = [CreateBackbone1700000000000, CreateVoiceCalls1764000000000, CreateRefusedContexts1765000000000];
