import { text } from '#leadwire/contracts';
import { Env } from '#leadwire/service-kit';

/** What the migration command needs. */
export class MigrateConfig {
  /** An admin login: CREATEROLE, and CREATE on the database. */
  @Env('DATABASE_URL', text({ min: 1, max: 2000, pattern: /^postgres(ql)?:\/\// })) databaseUrl: string;
  /** The secret from which the passwords of the services' roles are derived. */
  @Env('DATABASE_ROLE_SECRET', text({ min: 16, max: 500 })) roleSecret: string;
}
