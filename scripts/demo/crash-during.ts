import type { Platform } from '../platform/platform.js';
import type { JourneyObserver, Moment } from './journey/journey.js';

// In the middle of what each service does most.
const MOMENT_OF: Record<string, Moment> = {
  identity: 'importing',
  leads: 'importing',
  embeddings: 'embedding',
  campaigns: 'mailing',
  'voice-calls': 'calling',
  'billing-ledger': 'calling',
  gateway: 'calling',
};
const DOWN_MS = 1_500;

/** Kills a service (SIGKILL) in the middle of its work and starts it again; without a name nothing happens. */
export function crashDuring(platform: Platform, service: string | undefined): JourneyObserver {
  let crash: Promise<void> | undefined;
  const moment = service && MOMENT_OF[service];
  if (service && !moment) throw new Error(`--crash takes one of ${Object.keys(MOMENT_OF).join(', ')}`);
  return {
    reached: (now) => {
      if (now !== moment || crash) return;
      console.log(`crash      kill -9 ${service}, while ${moment}`);
      crash = platform.crash(service!, DOWN_MS).then(() => console.log(`crash      ${service} runs again`));
    },
    finished: async () => {
      if (moment && !crash) throw new Error(`the journey never came to ${moment}: ${service} was not killed`);
      await crash;
    },
  };
}
