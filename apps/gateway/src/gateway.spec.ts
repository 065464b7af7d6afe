import { ALL_EVENTS, ALL_OPERATIONS } from '#leadwire/contracts';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGateway, stopGateway } from './gateway.harness.js';

describe('gateway', () => {
  let app: NestFastifyApplication;
  const http = () => supertest(app.getHttpServer());

  beforeAll(async () => void (app = await startGateway({ GATEWAY_RATE_LIMIT_PER_MINUTE: '45' })));
  afterAll(() => stopGateway(app));

  it('serves the OpenAPI document of every operation, as JSON and as a page', async () => {
    const { body } = await http().get('/openapi.json').expect(200);
    expect(body.openapi).toMatch(/^3\.1\./);
    const ids = Object.values(body.paths as Record<string, Record<string, { operationId: string }>>).flatMap((path) => Object.values(path).map(({ operationId }) => operationId));
    expect(ids.sort()).toEqual(ALL_OPERATIONS.filter(({ http: face }) => face).map(({ id }) => id).sort());
    expect((await http().get('/docs').expect(200)).text).toContain('swagger-ui');
  });

  it('serves the AsyncAPI document of every event', async () => {
    const { body } = await http().get('/asyncapi.json').expect(200);
    expect(Object.keys(body.channels as object).sort()).toEqual(ALL_EVENTS.map(({ type }) => type).sort());
  });

  it('tells of its health and its metrics', async () => {
    await http().get('/health/live').expect(200);
    expect((await http().get('/metrics').expect(200)).text).toContain('process_cpu_seconds_total{service="gateway"}');
    // Not ready before it listens: nobody sends it work yet.
    expect((await http().get('/health/ready').expect(503)).body.error).toHaveProperty('accepting');
  });

  it('has no route to what is internal', async () => {
    const internal = ALL_OPERATIONS.filter(({ access }) => access === 'internal');
    expect(internal.length).toBeGreaterThan(2);
    expect(internal.filter(({ http: face }) => face)).toEqual([]);
  });

  it('answers 503 with a problem when the service is not there, and keeps the request id it was given', async () => {
    const answer = await http().get('/.well-known/jwks.json').set('x-request-id', 'mine-1').expect(503);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.body).toMatchObject({ code: 'service.unavailable', requestId: 'mine-1' });
  });

  it('asks nobody about a credential that cannot be one', async () => {
    for (const authorization of ['', 'Basic abc', `Bearer ${'x'.repeat(9_000)}`]) {
      const answer = await http().get('/v1/me').set('authorization', authorization);
      expect(answer.body).toMatchObject({ status: 401, code: 'auth.unauthenticated' });
    }
  });

  it('counts cost against the address before sign-in, and says when to come back', async () => {
    const send = () => http().post('/v1/auth/sign-in').send({ email: 'a@example.com', password: 'x' });
    const statuses: number[] = [];
    for (let i = 0; i < 6; i++) statuses.push((await send()).status);
    expect(statuses.slice(-1)).toEqual([429]);
    const refused = await send();
    expect(refused.body).toMatchObject({ code: 'request.rate-limited' });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  });
});
