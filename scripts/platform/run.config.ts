import { text } from '#leadwire/contracts';
import { Env } from '#leadwire/service-kit';
import { join } from 'node:path';

/** What the launcher tells a run about the machine. */
export class RunConfig {
  /** Admin login of the PostgreSQL server. */
  @Env('LEADWIRE_DATABASE_URL', text({ min: 1, max: 2000 })) databaseUrl: string;
  @Env('LEADWIRE_NATS_URL', text({ min: 1, max: 2000 })) natsUrl: string;
  /** Folder of the logins of this checkout's own nats-server; a server that was given has its logins from whoever gave it. */
  @Env('LEADWIRE_NATS_LOGINS', text({ max: 1000 }), { optional: true }) natsLogins?: string;
  /** Free ports, separated by commas. */
  @Env('LEADWIRE_PORTS', text({ min: 1, max: 500, pattern: /^\d+(,\d+)*$/ })) ports: string;
  /** Where logs go. */
  @Env('LEADWIRE_LOGS', text({ min: 1, max: 1000 })) logFolder: string;
  /** Where mails are sent instead of the local mail server. */
  @Env('SMTP_URL', text({ max: 2000 }), { optional: true }) smtpUrl?: string;

  /** Where an operator's commands find the run. */
  get accessFolder(): string {
    return join(this.logFolder, '..', 'platforms');
  }

  get freePorts(): number[] {
    return this.ports.split(',').map(Number);
  }
}
