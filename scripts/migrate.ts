// node dist/scripts/migrate.js [--service NAME]: roles, schemas and pending migrations, of every service or of one.
import 'reflect-metadata';
import { SERVICES, type ServiceName } from '#leadwire/contracts';
import { migrateService, provision } from '#leadwire/database';
import { loadConfig } from '#leadwire/service-kit';
import { parseArgs } from 'node:util';
import { MigrateConfig } from './migrate.config.js';
import { MIGRATIONS } from './migrations-by-service.js';

/** Brings the database up to date; safe to run again, and by several jobs at once. */
export async function migrate(adminUrl: string, roleSecret: string, services: readonly ServiceName[] = SERVICES): Promise<string[]> {
  await provision(adminUrl, services, roleSecret);
  const done: string[] = [];
  for (const service of services) {
    const ran = await migrateService(adminUrl, service, MIGRATIONS[service]);
    done.push(...ran.map((name) => `${service}: ${name}`));
  }
  return done;
}

async function main(): Promise<void> {
  const { service } = parseArgs({ options: { service: { type: 'string' } } }).values;
  if (service && !SERVICES.includes(service as ServiceName)) throw new Error(`there is no service ${service}; one of ${SERVICES.join(', ')}`);
  const config = loadConfig(MigrateConfig, 'migrate');
  const done = await migrate(config.databaseUrl, config.roleSecret, service ? [service as ServiceName] : SERVICES);
  console.log(done.length > 0 ? done.map((line) => `ran ${line}`).join('\n') : 'nothing to migrate: every schema is up to date');
}

if (import.meta.main) {
  await main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
