import { text } from '#leadwire/contracts';
import { Env } from '#leadwire/service-kit';

/** The servers the launcher has brought up for this run. */
export class BenchConfig {
  /** Admin login of the PostgreSQL server. */
  @Env('LEADWIRE_DATABASE_URL', text({ min: 1, max: 2000 })) databaseUrl: string;
  @Env('LEADWIRE_NATS_URL', text({ min: 1, max: 2000 })) natsUrl: string;
}
