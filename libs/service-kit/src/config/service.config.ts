import { integer, text } from '#leadwire/contracts';
import { CoreConfig } from './core.config.js';
import { Env } from './env.decorator.js';

/** Settings of every service that owns tables. */
export class ServiceConfig extends CoreConfig {
  /** The service's own login, as its run-time role. */
  @Env('DATABASE_URL', text({ min: 1, max: 2000, pattern: /^postgres(ql)?:\/\// })) databaseUrl: string;
  @Env('DATABASE_POOL', integer({ min: 1, max: 200 }), { default: 20 }) databasePool: number;
}
