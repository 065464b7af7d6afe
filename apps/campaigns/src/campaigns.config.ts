import { email, integer, text, url } from '#leadwire/contracts';
import { Env, ServiceConfig } from '#leadwire/service-kit';

const DOMAIN = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/;

export class CampaignsConfig extends ServiceConfig {
  /** Where the gateway is reached from outside: unsubscribe links begin with it. */
  @Env('PUBLIC_URL', url()) publicUrl: string;
  /** Seals unsubscribe links and Message-IDs; a change makes those already sent useless. */
  @Env('LINK_SECRET', text({ min: 16, max: 500 })) linkSecret: string;
  @Env('SMTP_URL', text({ min: 1, max: 2_000, pattern: /^smtps?:\/\// })) smtpUrl: string;
  @Env('MAIL_FROM', email()) mailFrom: string;
  @Env('MAIL_FROM_NAME', text({ max: 200 }), { optional: true }) mailFromName?: string;
  /** Right side of our Message-IDs. */
  @Env('MAIL_DOMAIN', text({ max: 200, pattern: DOMAIN })) mailDomain: string;
  /** Answers go to `reply@` this domain. */
  @Env('MAIL_INBOUND_DOMAIN', text({ max: 200, pattern: DOMAIN })) mailInboundDomain: string;
  @Env('MAIL_INBOUND_SECRET', text({ max: 500, pattern: /^whsec_[A-Za-z0-9+/]{32,}={0,2}$/ })) mailInboundSecret: string;
  /** Where to ask whether a message was taken; without it an unknown outcome stays unknown. */
  @Env('MAIL_LOOKUP_URL', url(), { optional: true }) mailLookupUrl?: string;
  /** Connections to the mail server, and messages in hand at once. */
  @Env('MAIL_POOL', integer({ min: 1, max: 200 }), { default: 10 }) mailPool: number;
  /** Longest pause between two looks for due work. */
  @Env('RUNNER_POLL_MS', integer({ min: 10, max: 60_000 }), { default: 250 }) runnerPollMs: number;
  /** A claim is renewed while its process lives; this long after its death others take over. */
  @Env('RUNNER_LEASE_MS', integer({ min: 500, max: 600_000 }), { default: 30_000 }) runnerLeaseMs: number;
  /** How long "not found" must hold before a message of unknown outcome is sent again. */
  @Env('RUNNER_GRACE_MS', integer({ min: 0, max: 600_000 }), { default: 15_000 }) runnerGraceMs: number;
  /** First wait after a temporary refusal; each further one is four times as long. */
  @Env('RUNNER_RETRY_MS', integer({ min: 10, max: 3_600_000 }), { default: 30_000 }) runnerRetryMs: number;
}
