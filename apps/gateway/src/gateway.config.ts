import { integer } from '#leadwire/contracts';
import { CoreConfig, Env } from '#leadwire/service-kit';

export class GatewayConfig extends CoreConfig {
  /** Cost units a caller may use in a minute at one replica; 0 sets no limit. */
  @Env('RATE_LIMIT_PER_MINUTE', integer({ min: 0, max: 10_000_000 }), { default: 6_000 }) rateLimitPerMinute: number;
}
