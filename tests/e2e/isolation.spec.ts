import { ALL_OPERATIONS, pathParameters, takesQuery, type Operation } from '#leadwire/contracts';
import { newId } from '#leadwire/kernel';
import { until } from '#leadwire/testing';
import supertest, { type Test } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Platform } from '../../scripts/platform/platform.js';
import { newApiKey, newTenant, startPlatform, type TestTenant } from './platform.harness.js';
import { sampleInput } from './sample-input.js';

const FACED = ALL_OPERATIONS.filter((operation) => operation.http);
const GUARDED = FACED.filter((operation) => operation.access !== 'public');
const BY_ID = GUARDED.filter((operation) => pathParameters(operation.http!.path).length > 0);
const LISTS = GUARDED.filter((operation) => operation.effect === 'read' && pathParameters(operation.http!.path).length === 0);

/** What every operation is called with: one thing of each kind, all of the first tenant. */
type Things = Record<string, string>;

describe('another tenant', () => {
  let platform: Platform;
  let owner: TestTenant;
  let stranger: TestTenant;
  let things: Things;

  beforeAll(async () => {
    platform = await startPlatform();
    owner = await newTenant(platform.url, 'Owner');
    stranger = await newTenant(platform.url, 'Stranger');
    things = await makeThings(platform.url, owner.apiKey);
  });
  afterAll(() => platform?.stop());

  it('is tried on operations of every kind', () => {
    expect(BY_ID.length).toBeGreaterThan(10);
    expect(LISTS.length).toBeGreaterThan(10);
    expect(BY_ID.flatMap((operation) => pathParameters(operation.http!.path)).filter((name) => !things[name])).toEqual([]);
  });

  it.each(BY_ID.map((operation) => [operation.id, operation] as const))('%s: finds nothing by the id, like by one that never was', async (_, operation) => {
    const before = await snapshot(platform.url, owner.apiKey, things);
    const stolen = await request(platform.url, operation, stranger.apiKey, things);
    const unknown = await request(platform.url, operation, stranger.apiKey, unknownIds(operation));
    expect(stolen.status, JSON.stringify(stolen.body)).toBe(404);
    expect(withoutRequestId(stolen.body)).toEqual(withoutRequestId(unknown.body));
    expect(await snapshot(platform.url, owner.apiKey, things)).toEqual(before);
  });

  it.each(LISTS.map((operation) => [operation.id, operation] as const))('%s: shows nothing of the first tenant', async (_, operation) => {
    const answer = await request(platform.url, operation, stranger.apiKey, things);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    const text = JSON.stringify(answer.body);
    for (const id of [...Object.values(things), owner.tenantId]) expect(text).not.toContain(id);
  });

  it("cannot name the first tenant's things in a body", async () => {
    const { voiceAgentId, voiceNumberId, leadId } = things as Record<string, string>;
    const call = await supertest(platform.url).post('/v1/calls').set(auth(stranger.apiKey)).send({ agentId: voiceAgentId, fromNumberId: voiceNumberId, to: '+14155550123', leadId });
    expect(call.body.code).toBe('voice-calls.unknown-agent');
    const campaign = { name: 'x', steps: [{ type: 'email_send', config: { templateKey: 'isolation' } }], segment: { filter: {} } };
    const created = await supertest(platform.url).post('/v1/campaigns').set(auth(stranger.apiKey)).send(campaign);
    expect(created.body.code).toBe('campaigns.unknown-template');
    const forged = await supertest(platform.url).post('/v1/leads').set(auth(stranger.apiKey)).send({ email: 'x@example.com', tenantId: owner.tenantId });
    expect(forged.body).toMatchObject({ code: 'request.invalid', errors: [{ field: 'tenantId' }] });
  });

  it.each(GUARDED.map((operation) => [operation.id, operation] as const))('%s: is refused without credentials', async (_, operation) => {
    const answer = await request(platform.url, operation, undefined, things);
    expect(answer.status).toBe(401);
    expect(answer.body).toMatchObject({ code: 'auth.unauthenticated' });
  });

  it.each(GUARDED.filter((operation) => operation.access.includes(':')).map((operation) => [operation.id, operation] as const))(
    '%s: is refused without its capability',
    async (_, operation) => {
      const other = operation.access === 'tenant:read' ? 'leads:read' : 'tenant:read';
      const weak = await weakKey(platform.url, owner.apiKey, other);
      const answer = await request(platform.url, operation, weak, things);
      expect(answer.status).toBe(403);
      expect(answer.body).toMatchObject({ code: 'auth.forbidden' });
    },
  );
});

const weakKeys = new Map<string, Promise<string>>();
function weakKey(url: string, apiKey: string, capability: string): Promise<string> {
  const known = weakKeys.get(capability) ?? newApiKey(url, apiKey, [capability]);
  weakKeys.set(capability, known);
  return known;
}

async function makeThings(url: string, apiKey: string): Promise<Things> {
  const post = async (path: string, body: object, status = 201) =>
    (await supertest(url).post(path).set(auth(apiKey)).send(body).expect(status)).body as { id: string };
  const lead = await post('/v1/leads', { email: 'isolated@example.com', phone: '+14155550144', notes: 'wants a house by the sea', companyName: 'Sea Ltd' });
  const template = await post('/v1/templates', { key: 'isolation', subject: 'Hello', body: 'Hello' });
  const agent = await post('/v1/voice-agents', { name: 'Mia', instructions: 'Be kind.', openingLine: 'Hello', talkingPoints: [] });
  const number = await post('/v1/voice-numbers', { number: '+14155550111' });
  const campaign = await post('/v1/campaigns', { name: 'Isolated', steps: [{ type: 'email_send', config: { templateKey: 'isolation' } }], segment: { filter: { stage: 'nowhere' } } });
  const call = await post('/v1/calls', { agentId: agent.id, fromNumberId: number.id, to: '+14155550144', leadId: lead.id }, 202);
  const checkout = await post('/v1/checkouts', { amount: '10.00' });
  const key = await post('/v1/api-keys', { name: 'isolated', capabilities: ['leads:read'] });
  const imported = await supertest(url).post('/v1/imports').set(auth(apiKey)).set('content-type', 'text/csv').send('Email,Name\nrow@example.com,Row\n').expect(202);
  const replay = (await supertest(url).post('/v1/backbone/leads/replays').set(auth(apiKey)).send({ consumer: 'record-timeline' }).expect(202)).body as { replayId: string };
  await until('the lead is embedded', async () => (await supertest(url).get(`/v1/leads/${lead.id}/similar`).set(auth(apiKey))).status === 200);
  return {
    leadId: lead.id, campaignId: campaign.id, callId: call.id, checkoutId: checkout.id, apiKeyId: key.id, importId: imported.body.id as string,
    voiceAgentId: agent.id, voiceNumberId: number.id, templateId: template.id,
    // Nothing of the first tenant has failed: an id of nobody. Row-level security has its own test.
    deadLetterId: newId(), replayId: replay.replayId,
  };
}

// What the first tenant sees of its own things; a call and an import move on by themselves, so they are left out.
async function snapshot(url: string, apiKey: string, things: Things): Promise<unknown[]> {
  const paths = [`/v1/leads/${things['leadId']}`, `/v1/campaigns/${things['campaignId']}`, `/v1/checkouts/${things['checkoutId']}`, '/v1/api-keys', '/v1/voice-agents'];
  return Promise.all(paths.map(async (path) => (await supertest(url).get(path).set(auth(apiKey)).expect(200)).body as unknown));
}

function request(url: string, operation: Operation<any, any>, apiKey: string | undefined, ids: Things): Test {
  const { http } = operation;
  const path = http!.path.replace(/:(\w+)/g, (_, name: string) => ids[name]!);
  const method = http!.method.toLowerCase() as 'get' | 'post' | 'patch' | 'put' | 'delete';
  const test = supertest(url)[method](path);
  if (apiKey) void test.set(auth(apiKey));
  if (http!.body === 'upload') return test.set('content-type', 'text/csv').send('Email\nx@example.com\n');
  return takesQuery(http!) ? test.query(sampleInput(operation)) : test.send(sampleInput(operation));
}

function unknownIds(operation: Operation<any, any>): Things {
  return Object.fromEntries(pathParameters(operation.http!.path).map((name) => [name, newId()]));
}

function auth(apiKey: string): Record<string, string> {
  return { authorization: `Bearer ${apiKey}` };
}

function withoutRequestId(body: Record<string, unknown>): Record<string, unknown> {
  return { ...body, requestId: undefined };
}
