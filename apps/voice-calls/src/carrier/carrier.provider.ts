import type { Provider } from '@nestjs/common';
import { VoiceCallsConfig } from '../voice-calls.config.js';
import { TwilioCarrier } from './twilio-carrier.js';

/** Injects the carrier that calls are placed with. */
export const CARRIER = Symbol('voice-calls:carrier');

export const carrierProvider: Provider = {
  provide: CARRIER,
  useFactory: ({ carrierUrl, carrierAccountSid, carrierAuthToken, carrierTimeoutMs }: VoiceCallsConfig) =>
    new TwilioCarrier({
      accountSid: carrierAccountSid,
      authToken: carrierAuthToken,
      timeoutMs: carrierTimeoutMs,
      ...(carrierUrl && { baseUrl: carrierUrl }),
    }),
  inject: [VoiceCallsConfig],
};
