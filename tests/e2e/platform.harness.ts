import { CAPABILITIES, type CreatedApiKey, type Registered, type TokenPair } from '#leadwire/contracts';
import { newId } from '#leadwire/kernel';
import { testServers } from '#leadwire/testing';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import supertest from 'supertest';
import { Platform } from '../../scripts/platform/platform.js';
import { findFreePort } from '../../scripts/setup/free-port.mjs';

/** A tenant with its owner signed in and an API key that may do everything. */
export interface TestTenant {
  readonly tenantId: string;
  readonly email: string;
  readonly password: string;
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly apiKey: string;
}

/** Starts the compiled platform, all services in one process, on a database of its own. */
export async function startPlatform(): Promise<Platform> {
  const freePorts: number[] = [];
  for (let i = 0; i < 16; i++) freePorts.push(await findFreePort({ avoid: freePorts }));
  return Platform.start({
    ...testServers(),
    freePorts,
    purpose: 'e2e',
    processes: false,
    logLevel: 'warn',
    logFolder: mkdtempSync(join(tmpdir(), 'leadwire-e2e-')),
  });
}

/** Registers a tenant over the API and makes it an API key. */
export async function newTenant(url: string, name: string): Promise<TestTenant> {
  const credentials = { email: `${newId()}@example.com`, password: 'a long enough sentence' };
  const registered = await supertest(url).post('/v1/auth/register').send({ ...credentials, tenantName: `${name} ${newId()}` }).expect(201);
  const pair = (await supertest(url).post('/v1/auth/sign-in').send(credentials).expect(200)).body as TokenPair;
  const apiKey = await newApiKey(url, pair.accessToken, CAPABILITIES);
  return { ...credentials, tenantId: (registered.body as Registered).tenantId, accessToken: pair.accessToken, refreshToken: pair.refreshToken, apiKey };
}

/** An API key that may do just what is given. */
export async function newApiKey(url: string, credential: string, capabilities: readonly string[]): Promise<string> {
  const answer = await supertest(url).post('/v1/api-keys').set('authorization', `Bearer ${credential}`).send({ name: 'test', capabilities }).expect(201);
  return (answer.body as CreatedApiKey).key;
}
