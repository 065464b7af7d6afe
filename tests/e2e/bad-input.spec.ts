import { generateKeyPairSync, createHmac } from 'node:crypto';
import { newId } from '#leadwire/kernel';
import { decodeJwt, SignJWT } from 'jose';
import supertest, { type Response } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Platform } from '../../scripts/platform/platform.js';
import { newTenant, startPlatform, type TestTenant } from './platform.harness.js';

describe('bad input', () => {
  let platform: Platform;
  let tenant: TestTenant;

  beforeAll(async () => {
    platform = await startPlatform();
    tenant = await newTenant(platform.url, 'Careless');
  });
  afterAll(() => platform?.stop());

  const as = (credential = tenant.apiKey) => ({ authorization: `Bearer ${credential}` });
  const post = (path: string, body: object) => supertest(platform.url).post(path).set(as()).send(body);
  const leads = async () => (await supertest(platform.url).get('/v1/leads').set(as()).expect(200)).body.items as unknown[];

  function expectProblem(answer: Response, status: number, code: string): void {
    expect(answer.status, JSON.stringify(answer.body)).toBe(status);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.body).toMatchObject({ status, code, type: `/problems/${code}` });
    expect(answer.body.advice).toBeTruthy();
    expect(answer.body.requestId).toBe(answer.headers['x-request-id'] ?? answer.body.requestId);
    expect(JSON.stringify(answer.body)).not.toMatch(/node_modules|\bat \w+.*:\d+:\d+|select |insert /i);
  }

  describe('in a body', () => {
    it.each([
      ['malformed JSON', '{"email": ', 400, 'request.malformed'],
      ['a list for an object', '[]', 400, 'request.invalid'],
      ['a prototype key', '{"__proto__": {"admin": true}, "email": "a@example.com"}', 400, 'request.malformed'],
      ['an unknown field', '{"email": "a@example.com", "admin": true}', 400, 'request.invalid'],
      ['a wrong type', '{"email": 7}', 400, 'request.invalid'],
      ['null where nothing may be null', '{"email": null}', 400, 'request.invalid'],
      ['an over-long string', JSON.stringify({ email: 'a@example.com', firstName: 'x'.repeat(101) }), 400, 'request.invalid'],
      ['no contact at all', '{"firstName": "Ana"}', 400, 'leads.no-contact'],
      ['a phone that is none', '{"phone": "12"}', 400, 'leads.phone-invalid'],
    ])('%s', async (_, body, status, code) => {
      const answer = await supertest(platform.url).post('/v1/leads').set(as()).set('content-type', 'application/json').send(body);
      expectProblem(answer, status, code);
      expect(await leads()).toEqual([]);
    });

    it('names the field that is wrong', async () => {
      const answer = await post('/v1/leads', { email: 'no address', tags: ['ok', ''] });
      expect((answer.body.errors as { field: string }[]).map(({ field }) => field)).toEqual(expect.arrayContaining(['email', 'tags']));
    });

    it('50 MB', async () => {
      const body = `{"notes": "${'x'.repeat(50 * 1024 * 1024)}"}`;
      const answer = await fetch(`${platform.url}/v1/leads`, { method: 'POST', headers: { ...as(), 'content-type': 'application/json' }, body });
      expect(answer.status).toBe(413);
      expect(await answer.json()).toMatchObject({ code: 'request.too-large' });
      expect(await leads()).toEqual([]);
    });

    it('50 MB of unknown length', async () => {
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          for (let i = 0; i < 50; i++) controller.enqueue(new Uint8Array(1024 * 1024).fill(0x20));
          controller.close();
        },
      });
      const answer = await fetch(`${platform.url}/v1/leads`, { method: 'POST', headers: { ...as(), 'content-type': 'application/json' }, body, duplex: 'half' } as RequestInit);
      expect(answer.status).toBe(413);
    });

    it('another content type', async () => {
      const answer = await supertest(platform.url).post('/v1/leads').set(as()).set('content-type', 'application/xml').send('<lead/>');
      expectProblem(answer, 415, 'request.media-type');
    });

    it('a path parameter once more', async () => {
      const answer = await supertest(platform.url).patch(`/v1/leads/${newId()}`).set(as()).send({ leadId: newId() });
      expectProblem(answer, 400, 'request.invalid');
    });
  });

  describe('in an address', () => {
    it('an unknown id', async () => expectProblem(await supertest(platform.url).get(`/v1/leads/${newId()}`).set(as()), 404, 'resource.not-found'));
    it('an id that is none', async () => expectProblem(await supertest(platform.url).get('/v1/leads/1%20or%201=1').set(as()), 400, 'request.invalid'));
    it('an unknown route', async () => expectProblem(await supertest(platform.url).get('/v1/nothing').set(as()), 404, 'route.not-found'));
    it.each([['garbage', '!!'], ['another list\'s', Buffer.from('["x"]').toString('base64url')], ['SQL', Buffer.from('["\' or 1=1"]').toString('base64url')]])('a bad cursor: %s', async (_, cursor) => {
      expectProblem(await supertest(platform.url).get('/v1/leads').query({ cursor }).set(as()), 400, 'request.bad-cursor');
    });
    it('a limit out of range', async () => expectProblem(await supertest(platform.url).get('/v1/leads?limit=0').set(as()), 400, 'request.invalid'));
    it('an unknown parameter', async () => expectProblem(await supertest(platform.url).get('/v1/leads?admin=1').set(as()), 400, 'request.invalid'));
  });

  describe('in a credential', () => {
    const me = (credential: string) => supertest(platform.url).get('/v1/me').set(as(credential));

    it('a valid one is taken', async () => {
      expect((await me(tenant.accessToken).expect(200)).body).toMatchObject({ tenantId: tenant.tenantId, actorKind: 'user' });
      expect((await me(tenant.apiKey).expect(200)).body).toMatchObject({ tenantId: tenant.tenantId, actorKind: 'api-key' });
    });

    it('an unknown API key', async () => expectProblem(await me(tenant.apiKey.slice(0, -4) + 'AAAA'), 401, 'auth.unauthenticated'));
    it('garbage', async () => expectProblem(await me('garbage'), 401, 'auth.unauthenticated'));
    it('a changed payload', async () => {
      const [head, , signature] = tenant.accessToken.split('.');
      const claims = { ...decodeJwt(tenant.accessToken), tid: newId() };
      expectProblem(await me(`${head}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${signature}`), 401, 'auth.unauthenticated');
    });
    it('one signed by another key', async () => expectProblem(await me(await forge({})), 401, 'auth.unauthenticated'));
    it('one that has expired', async () => expectProblem(await me(await forge({ exp: 1 })), 401, 'auth.unauthenticated'));
    it('alg none', async () => {
      const head = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url');
      expectProblem(await me(`${head}.${tenant.accessToken.split('.')[1]}.`), 401, 'auth.unauthenticated');
    });
    it('the public key as an HMAC secret', async () => {
      const { keys } = (await supertest(platform.url).get('/.well-known/jwks.json').expect(200)).body as { keys: { x: string; kid: string }[] };
      const head = Buffer.from(JSON.stringify({ alg: 'HS256', typ: 'JWT', kid: keys[0]!.kid })).toString('base64url');
      const signed = `${head}.${tenant.accessToken.split('.')[1]}`;
      const mac = createHmac('sha256', Buffer.from(keys[0]!.x, 'base64url')).update(signed).digest('base64url');
      expectProblem(await me(`${signed}.${mac}`), 401, 'auth.unauthenticated');
    });

    async function forge(claims: { exp?: number }): Promise<string> {
      const { keys } = (await supertest(platform.url).get('/.well-known/jwks.json')).body as { keys: { kid: string }[] };
      return new SignJWT({ ...decodeJwt(tenant.accessToken), ...claims })
        .setProtectedHeader({ alg: 'EdDSA', kid: keys[0]!.kid })
        .sign(generateKeyPairSync('ed25519').privateKey);
    }
  });

  describe('in an Idempotency-Key', () => {
    it('repeats the answer for the same request, and refuses another', async () => {
      const key = newId();
      const send = (body: object) => supertest(platform.url).post('/v1/voice-agents').set(as()).set('idempotency-key', key).send(body);
      const agent = { name: 'Mia', instructions: 'Be kind.', openingLine: 'Hello', talkingPoints: [] };
      const first = await send(agent).expect(201);
      expect((await send(agent).expect(201)).body).toEqual(first.body);
      expectProblem(await send({ ...agent, name: 'Max' }), 409, 'idempotency.conflict');
      expect((await supertest(platform.url).get('/v1/voice-agents').set(as())).body.items).toHaveLength(1);
    });

    it('two at once do it once', async () => {
      const key = newId();
      const send = () => supertest(platform.url).post('/v1/checkouts').set(as()).set('idempotency-key', key).send({ amount: '5.00' });
      const [one, two] = await Promise.all([send(), send()]);
      expect(one.status).toBe(201);
      expect(two.body).toEqual(one.body);
    });

    it('a key that is none', async () => {
      const answer = await supertest(platform.url).post('/v1/checkouts').set(as()).set('idempotency-key', 'x'.repeat(256)).send({ amount: '5.00' });
      expectProblem(answer, 400, 'request.invalid');
    });
  });

  describe('in a CSV', () => {
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('Email,Name\na@example.com,A\n', 'utf16le')]);
    it.each([
      ['empty', Buffer.alloc(0), 'leads.csv-empty'],
      ['binary', Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0, 0, 1, 0, 255, 254, 0, 7]), 'leads.csv-binary'],
      ['UTF-16', utf16, 'leads.csv-encoding'],
      ['without header', Buffer.from('a@example.com,+14155550123\nb@example.com,+14155550124\n'), 'leads.csv-header-missing'],
    ])('%s', async (_, body, code) => {
      const answer = await supertest(platform.url).post('/v1/imports').set(as()).set('content-type', 'text/csv').send(body);
      expectProblem(answer, 400, code);
      expect(await leads()).toEqual([]);
    });
  });

  describe('in a campaign', () => {
    const segment = { filter: {} };
    it('without steps', async () => expectProblem(await post('/v1/campaigns', { name: 'x', steps: [], segment }), 400, 'campaigns.no-steps'));
    it('with an unknown step type', async () => expectProblem(await post('/v1/campaigns', { name: 'x', steps: [{ type: 'carrier_pigeon' }], segment }), 400, 'campaigns.unknown-step-type'));
    it('with a step that is not configured', async () => expectProblem(await post('/v1/campaigns', { name: 'x', steps: [{ type: 'delay', config: { seconds: -1 } }], segment }), 400, 'campaigns.bad-step-config'));
    it('leaves none behind', async () => expect((await supertest(platform.url).get('/v1/campaigns').set(as())).body.items).toEqual([]));
  });

  describe('in an amount', () => {
    it.each([['negative', '-5.00'], ['zero', '0.00'], ['with 30 decimals', `1.${'1'.repeat(30)}`], ['NaN', 'NaN'], ['with an exponent', '1e3'], ['a number', 5]])('%s', async (_, amount) => {
      expectProblem(await post('/v1/checkouts', { amount }), 400, 'request.invalid');
    });
    it('books nothing', async () => {
      expect((await supertest(platform.url).get('/v1/wallet').set(as()).expect(200)).body).toMatchObject({ currency: 'USD' });
      expect((await supertest(platform.url).get('/v1/wallet/transactions').set(as())).body.items).toEqual([]);
    });
  });
});
