import { Bus } from '#leadwire/bus';
import { defineOperation, Field, integer, Nothing, text, type Operation, type ServiceName } from '#leadwire/contracts';
import type { Database } from '#leadwire/database';
import { newId, type Caller, type Problem } from '#leadwire/kernel';
import { testServers } from '#leadwire/testing';
import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import type { RpcClientOptions } from './client/call-options.js';
import { RpcClient } from './client/rpc-client.js';
import { ContextKeys, generateContextKeys } from './context/context-keys.js';
import type { RefusedContexts } from './context/refused-contexts.js';
import { SignedContexts } from './context/signed-context.js';
import { RpcMetrics } from './rpc-metrics.js';
import type { Call } from './server/call.js';
import { OperationRouter } from './server/operation-router.js';
import { RpcServer, type RpcServerOptions } from './server/rpc-server.js';

export class Told {
  @Field(integer()) count: number;
}
export class Said {
  @Field(text({ max: 2_000_000 }), { optional: true }) words?: string;
}

const spec = { input: Said, answer: Told, access: 'public' } as const;
/** `leads` answers `ask`, `change` and `large`; `campaigns` answers `outer`, which may call leads. */
export const ask = defineOperation<Said, Told>('leads', 'ask', { ...spec, summary: 'Read', effect: 'read' });
export const change = defineOperation<Said, Told>('leads', 'change', { ...spec, summary: 'Write', effect: 'write' });
export const large = defineOperation<Nothing, Said>('leads', 'large', { summary: 'Much', input: Nothing, answer: Said, access: 'public', effect: 'read' });
export const outer = defineOperation<Said, Told>('campaigns', 'outer', { ...spec, summary: 'Calls on', effect: 'read' });

type Handlers = [operation: Operation<any, any>, handle: (call: Call<any>, rpc: RpcClient) => Promise<unknown>][];

/** What a service of the harness differs in. */
export interface Differences extends Partial<Pick<RpcServerOptions, 'logger' | 'maxMessageBytes'>> {
  readonly database?: Database;
  readonly refused?: RefusedContexts;
}

/** A client or a service with a connection of its own. */
export interface Party {
  readonly bus: Bus;
  readonly rpc: RpcClient;
  readonly registry: Registry;
}

/** Services and clients on the real bus, in a namespace of their own, without Nest and without tables. */
export class RpcHarness {
  private readonly namespace = `t${randomBytes(5).toString('hex')}`;
  private readonly buses: Bus[] = [];
  readonly keys = generateContextKeys(['gateway', 'leads', 'campaigns']);
  readonly caller: Caller = { tenantId: newId(), actor: { kind: 'user', id: newId() }, capabilities: [] };

  contextsOf(issuer: string): SignedContexts {
    return new SignedContexts(ContextKeys.read(issuer, this.keys[issuer]!));
  }

  async client(issuer = 'gateway', options: RpcClientOptions = {}): Promise<Party> {
    const bus = await Bus.connect({ url: testServers().natsUrl, name: `test-${issuer}`, namespace: this.namespace });
    this.buses.push(bus);
    const registry = new Registry();
    return { bus, registry, rpc: new RpcClient(bus, this.contextsOf(issuer), { metrics: new RpcMetrics(registry), ...options }) };
  }

  /** Starts a service; nested calls are made as itself. */
  async service(name: ServiceName, handlers: Handlers, { database, refused, ...differences }: Differences = {}): Promise<Party & { server: RpcServer }> {
    const party = await this.client(name);
    const router = new OperationRouter(this.contextsOf(name), database as Database, refused);
    const registry = new Registry();
    const server = new RpcServer({
      service: name, bus: party.bus, router, logger: pino({ level: 'silent' }), metrics: new RpcMetrics(registry),
      operations: handlers.map(([operation]) => operation), ...differences,
    });
    for (const [{ subject }, handle] of handlers) server.addHandler(subject, ((call: Call) => handle(call, party.rpc)) as never);
    await new Promise<void>((listening, failed) => void server.listen((error) => (error ? failed(error as Error) : listening())));
    return { ...party, registry, server };
  }

  async stop(): Promise<void> {
    for (const bus of this.buses) await bus.close();
  }
}

/** The Problem that work is refused with. */
export function refusal(work: Promise<unknown>): Promise<Problem> {
  return work.then((answer) => Promise.reject(new Error(`answered ${JSON.stringify(answer)}`)), (error: unknown) => error as Problem);
}

/** The value of a metric, summed over the labels that are not given. */
export async function metric(registry: Registry, name: string, labels: Record<string, string> = {}): Promise<number> {
  const { values } = await registry.getSingleMetric(name)!.get();
  const fits = (value: { labels: object }) => Object.entries(labels).every(([key, wanted]) => (value.labels as Record<string, string>)[key] === wanted);
  return values.filter(fits).reduce((sum, { value }) => sum + value, 0);
}

/** A promise and what resolves it. */
export function gate(): { open: () => void; opened: Promise<void> } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { open: resolve, opened: promise };
}

/** Resolves when the signal aborts, with its reason. */
export function aborted(signal: AbortSignal): Promise<Problem> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(signal.reason as Problem);
    signal.addEventListener('abort', () => resolve(signal.reason as Problem));
  });
}
