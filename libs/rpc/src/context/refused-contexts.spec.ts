import { RequestHeaders } from '#leadwire/bus';
import { connectionOptions, Database, serviceSchema } from '#leadwire/database';
import { newId, serviceCaller, type Caller } from '#leadwire/kernel';
import { TestDatabase } from '#leadwire/testing';
import { headers } from '@nats-io/transport-node';
import { SignJWT } from 'jose';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CreateRefusedContexts1765000000000 } from '../migrations/create-refused-contexts.js';
import { RpcMetrics } from '../rpc-metrics.js';
import { ask, metric, RpcHarness, type Party } from '../rpc.harness.js';
import type { WireProblem } from '../wire-problem.js';
import { ContextKeys } from './context-keys.js';
import { RefusedContexts } from './refused-contexts.js';

describe('a refused context', () => {
  const harness = new RpcHarness();
  const registry = new Registry();
  const warned: { level: number; refused?: object[] }[] = [];
  const logger = pino({ level: 'warn' }, { write: (line: string) => void warned.push(JSON.parse(line)) });
  let database: TestDatabase;
  let source: DataSource;
  let refused: RefusedContexts;
  let client: Party;
  let runs = 0;

  beforeAll(async () => {
    database = await TestDatabase.create({ leads: [CreateRefusedContexts1765000000000] });
    source = await new DataSource(connectionOptions('leads', database.urlFor('leads'), [], 2) as DataSourceOptions).initialize();
    refused = new RefusedContexts(new Database(source, serviceSchema('leads'), 'leads'), logger, new RpcMetrics(registry));
    await harness.service('leads', [[ask, async () => ({ count: ++runs })]], { refused });
    client = await harness.client();
  });
  beforeEach(async () => {
    await refused.flush();
    await database.admin.query('truncate leads.refused_contexts');
    warned.length = 0;
    runs = 0;
  });
  afterAll(async () => {
    await harness.stop();
    await source.destroy();
    await database.drop();
  });

  const person = (tenantId = newId()): Caller => ({ tenantId, actor: { kind: 'user', id: newId() }, capabilities: [] });
  const signed = (issuer: string, kid: string, caller: Caller, claims: object = {}): Promise<string> =>
    new SignJWT({ tid: caller.tenantId, act: caller.actor, cap: [], aud: 'leads', exp: Date.now() / 1000 + 60, ...claims } as never)
      .setProtectedHeader({ alg: 'EdDSA', kid })
      .sign(ContextKeys.read(issuer, harness.keys[issuer]!).privateKey);
  const send = async (token: string | undefined, requestId = 'r-1'): Promise<string | undefined> => {
    const { bus } = client;
    const head = headers();
    if (token !== undefined) head.set(RequestHeaders.context, token);
    head.set(RequestHeaders.requestId, requestId);
    const reply = await bus.connection.request(bus.subject(ask.subject), '{}', { timeout: 5_000, headers: head });
    return reply.json<Partial<WireProblem>>().type?.code;
  };
  const rows = async () => {
    await refused.flush();
    const { rows: kept } = await database.admin.query('select * from leads.refused_contexts order by reason');
    return kept as Record<string, any>[];
  };

  it.each([
    ['bad-signature', 'forged with another key', () => signed('campaigns', 'gateway', person())],
    ['unknown-issuer', 'of nobody known', () => signed('gateway', 'nobody', person())],
    ['expired', 'past its time', () => signed('gateway', 'gateway', person(), { exp: Date.now() / 1000 - 10 })],
    ['lives-too-long', 'good for a year', () => signed('gateway', 'gateway', person(), { exp: Date.now() / 1000 + 3e7 })],
    ['wrong-audience', 'made for another service', () => signed('gateway', 'gateway', person(), { aud: 'campaigns' })],
    ['foreign-actor', 'of a service that speaks for a person', () => signed('campaigns', 'campaigns', person())],
    ['foreign-actor', 'of the gateway that speaks for a service', () => signed('gateway', 'gateway', serviceCaller('campaigns', newId()))],
    ['malformed', 'that is no token', () => Promise.resolve('a.b.c')],
    ['missing', 'that is not there', () => Promise.resolve(undefined)],
  ])('%s, %s: is refused by code, counted, logged, and written down', async (reason, _, token) => {
    const before = await metric(registry, 'leadwire_rpc_contexts_refused_total', { reason });
    expect(await send(await token())).toBe('auth.context-refused');
    expect(await rows()).toEqual([expect.objectContaining({ operation: 'leads.ask', reason, refusals: '1', last_request_id: 'r-1' })]);
    expect(await metric(registry, 'leadwire_rpc_contexts_refused_total', { reason })).toBe(before + 1);
    expect(warned.map(({ level, refused: lines }) => [level, lines!.length])).toEqual([[40, 1]]);
    expect(runs).toBe(0);
  });

  it('is written down with whom and which tenant it claims, and counted up when it comes again', async () => {
    const caller = person();
    for (const requestId of ['r-1', 'r-2']) await send(await signed('campaigns', 'gateway', caller), requestId);
    await refused.flush();
    await send(await signed('campaigns', 'gateway', caller), 'r-3');
    expect(await rows()).toEqual([expect.objectContaining({ claimed_issuer: 'gateway', claimed_tenant: caller.tenantId, refusals: '3', last_request_id: 'r-3' })]);
  });

  it('among thousands that each claim something else costs a bounded number of rows, and none is lost count of', async () => {
    const token = await signed('gateway', 'gateway', person());
    const [head, , signature] = token.split('.');
    const forged = (n: number) => `${head}.${Buffer.from(JSON.stringify({ tid: `\0tenant ${n}` })).toString('base64url')}.${signature}`;
    await Promise.all(Array.from({ length: 2_000 }, (_, n) => send(forged(n))));
    const kept = await rows();
    expect(kept.length).toBeLessThanOrEqual(101);
    expect(kept.reduce((sum, row) => sum + Number(row.refusals), 0)).toBe(2_000);
    expect(kept.map((row) => row.claimed_tenant)).toContain('*');
    expect(warned.length).toBeLessThan(20);
  });

  it('is written down later when the database does not take it', async () => {
    await database.admin.query('alter table leads.refused_contexts rename to away');
    await send('a.b.c');
    await refused.flush();
    await database.admin.query('alter table leads.away rename to refused_contexts');
    expect(await rows()).toEqual([expect.objectContaining({ reason: 'malformed', refusals: '1' })]);
  });

  it('is not what a good one becomes', async () => {
    expect(await send(await signed('gateway', 'gateway', person()))).toBeUndefined();
    expect(await send(await signed('campaigns', 'campaigns', serviceCaller('campaigns', newId())))).toBeUndefined();
    expect(runs).toBe(2);
    expect(await rows()).toEqual([]);
  });
});
