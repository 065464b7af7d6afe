import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where the real PostgreSQL (an admin login) and NATS of this test run are; `npm test` sets both. */
export function testServers(): { databaseUrl: string; natsUrl: string } {
  const { TEST_DATABASE_URL: databaseUrl, TEST_NATS_URL: natsUrl } = process.env;
  if (!databaseUrl || !natsUrl) {
    throw new Error('TEST_DATABASE_URL and TEST_NATS_URL are not set: run the tests with `npm test` (or `npm test -- <path>`).');
  }
  return { databaseUrl, natsUrl };
}

/** Sets variables as a deployment would, before a service under test reads its config. */
export function setEnvironment(variables: Record<string, string>): void {
  Object.assign(process.env, variables);
}

/** The nats-server program for a test that starts its own: the one the set-up fetched, or the machine's; undefined without. */
export function natsProgram(): string | undefined {
  const { TEST_NATS_PROGRAM: given, PATH = '' } = process.env;
  const folders = [...PATH.split(delimiter), '/usr/sbin', '/usr/local/bin'];
  return given || folders.map((folder) => join(folder, 'nats-server')).find((path) => existsSync(path));
}
