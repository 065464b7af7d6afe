import { integer, text, url } from '#leadwire/contracts';
import { Env, ServiceConfig } from '#leadwire/service-kit';

export class VoiceCallsConfig extends ServiceConfig {
  /** Where the gateway is reached from outside: the carrier's callbacks go there. */
  @Env('PUBLIC_URL', url()) publicUrl: string;
  /** Seals the call's reference in callback addresses. */
  @Env('LINK_SECRET', text({ min: 16, max: 200 })) linkSecret: string;

  /** A carrier that speaks Twilio's API at another address; Twilio itself when left out. */
  @Env('CARRIER_URL', url(), { optional: true }) carrierUrl?: string;
  @Env('CARRIER_ACCOUNT_SID', text({ max: 34, pattern: /^AC[0-9a-f]{32}$/ })) carrierAccountSid: string;
  @Env('CARRIER_AUTH_TOKEN', text({ min: 16, max: 200 })) carrierAuthToken: string;
  /** Milliseconds that one request to the carrier may take. */
  @Env('CARRIER_TIMEOUT_MS', integer({ min: 100, max: 60_000 }), { default: 10_000 }) carrierTimeoutMs: number;

  /** Calls at once, over all replicas and tenants; and the most that one tenant may have of them. */
  @Env('MAX_CONCURRENT_CALLS', integer({ min: 1, max: 10_000 }), { default: 25 }) maxConcurrentCalls: number;
  @Env('MAX_CONCURRENT_CALLS_PER_TENANT', integer({ min: 1, max: 10_000 }), { default: 25 }) maxConcurrentCallsPerTenant: number;
  /** Calls begun in a second at most, over all replicas. */
  @Env('CALLS_PER_SECOND', integer({ min: 1, max: 1_000 }), { default: 50 }) callsPerSecond: number;

  /** How long a dialling without answer is left alone before the carrier is asked; longer than one request may take. */
  @Env('UNKNOWN_DIAL_GRACE_MS', integer({ min: 500, max: 600_000 }), { default: 20_000 }) unknownDialGraceMs: number;
  /** How long after a call's end its last transcript lines are waited for. */
  @Env('TRANSCRIPT_GRACE_MS', integer({ min: 100, max: 600_000 }), { default: 15_000 }) transcriptGraceMs: number;
  /** How often the carrier is asked about a call that is under way, in case its callbacks do not arrive. */
  @Env('CALL_CHECK_MS', integer({ min: 100, max: 3_600_000 }), { default: 60_000 }) callCheckMs: number;
  /** How often queues are looked at when nothing wakes them. */
  @Env('POLL_MS', integer({ min: 10, max: 60_000 }), { default: 250 }) pollMs: number;

  /** IANA zone of callees whose country has several or none. */
  @Env('CALLEE_TIME_ZONE', text({ min: 1, max: 60 }), { default: 'America/New_York' }) calleeTimeZone: string;
}
