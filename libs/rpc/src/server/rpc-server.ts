import { extractTrace, RequestHeaders, type Bus } from '#leadwire/bus';
import type { Operation } from '#leadwire/contracts';
import { Problem, type CallScope } from '#leadwire/kernel';
import { CustomTransportStrategy, Server, type MessageHandler } from '@nestjs/microservices';
import type { Msg, Subscription } from '@nats-io/transport-node';
import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Logger as PinoLogger } from 'pino';
import { lastValueFrom } from 'rxjs';
import { bodyLimit, requestTooLarge } from '../message-limit.js';
import { PendingCalls } from '../pending-calls.js';
import type { RpcMetrics } from '../rpc-metrics.js';
import { toWireProblem } from '../wire-problem.js';
import { respond, type Outcome } from './answer.js';
import type { Call } from './call.js';
import { CallsUnderWay } from './calls-under-way.js';
import type { OperationRouter } from './operation-router.js';

const UNSUBSCRIBE_TIMEOUT_MS = 5_000;

/** What the server needs of its service. */
export interface RpcServerOptions {
  readonly service: string;
  readonly bus: Bus;
  readonly router: OperationRouter;
  /** Every operation the service answers, by subject. */
  readonly operations: readonly Operation[];
  readonly logger: PinoLogger;
  readonly metrics?: RpcMetrics;
  /** Largest message taken and sent, when smaller than the bus' limit, in bytes. */
  readonly maxMessageBytes?: number;
}

/** Nest's transport for operations: request-reply over the service's one NATS connection, replicas sharing a queue group. */
export class RpcServer extends Server implements CustomTransportStrategy {
  private readonly subscriptions: Subscription[] = [];
  private readonly pending = new PendingCalls();
  private readonly underWay: CallsUnderWay;
  private cancellations?: Subscription;

  constructor(private readonly options: RpcServerOptions) {
    super();
    this.underWay = new CallsUnderWay(options.metrics);
  }

  /** Subscribes every operation; throws when one of the contract has no handler, or a handler no contract. */
  async listen(callback: (error?: unknown) => void): Promise<void> {
    try {
      this.assertComplete();
      this.cancellations = this.underWay.listen(this.options.bus, this.options.service);
      for (const operation of this.options.operations) this.subscribe(operation);
      await this.options.bus.connection.flush();
      callback();
    } catch (error) {
      callback(error);
    }
  }

  /** Takes no more requests, answers those it has. */
  async drain(): Promise<void> {
    const drained = Promise.allSettled(this.subscriptions.splice(0).map((subscription) => subscription.drain()));
    // A server that is away acknowledges no unsubscription, and sends no request either.
    await Promise.race([drained, new Promise((resolve) => setTimeout(resolve, UNSUBSCRIBE_TIMEOUT_MS).unref())]);
    await this.pending.settled();
    // Until here a caller may give up what is being drained.
    this.cancellations?.unsubscribe();
    await this.options.router.close();
  }

  async close(): Promise<void> {
    await this.drain();
  }

  override on(): never {
    throw new Error('RpcServer has no events of its own; see Bus for the connection.');
  }

  override unwrap<T>(): T {
    return this.options.bus.connection as T;
  }

  private assertComplete(): void {
    const declared = new Set(this.options.operations.map((operation) => operation.subject));
    const handled = new Set(this.messageHandlers.keys());
    const missing = [...declared].filter((subject) => !handled.has(subject));
    const unknown = [...handled].filter((subject) => !declared.has(subject));
    if (missing.length + unknown.length > 0) {
      throw new Error(`contract of ${this.options.service}: no handler for [${missing}], no operation for [${unknown}]`);
    }
  }

  private subscribe(operation: Operation): void {
    const { bus, service } = this.options;
    const handler = this.getHandlerByPattern(operation.subject)!;
    const subscription = bus.connection.subscribe(bus.subject(operation.subject), {
      queue: service,
      callback: (error, message) => {
        if (!error) void this.pending.track(this.answer(operation, handler, message));
      },
    });
    this.subscriptions.push(subscription);
  }

  private async answer(operation: Operation, handler: MessageHandler, message: Msg): Promise<void> {
    const scope = this.underWay.begin(operation, message);
    const begun = performance.now();
    const parent = extractTrace(message.headers);
    const span = trace.getTracer('leadwire').startSpan(
      `rpc ${operation.id}`,
      { kind: SpanKind.SERVER, attributes: { 'rpc.system': 'nats', 'service.name': this.options.service } },
      parent,
    );
    await context.with(trace.setSpan(parent, span), async () => {
      try {
        this.reply(operation, begun, message, 'ok', await this.run(operation, handler, message, scope));
      } catch (error) {
        span.setStatus({ code: SpanStatusCode.ERROR, message: String(error) });
        this.logFailure(operation, error);
        this.reply(operation, begun, message, 'problem', toWireProblem(error));
      }
    });
    this.underWay.end(message, scope);
    span.end();
  }

  private async run(operation: Operation, handler: MessageHandler, message: Msg, scope: CallScope): Promise<unknown> {
    const limit = this.limit;
    if (message.data.length > limit) throw requestTooLarge(message.data.length, limit);
    const request = {
      scope,
      body: message.string(),
      header: (name: keyof typeof RequestHeaders) => message.headers?.get(RequestHeaders[name]) || undefined,
    };
    return this.options.router.run(operation, request, async (call: Call) =>
      lastValueFrom(this.transformToObservable(await handler(call)), { defaultValue: undefined }),
    );
  }

  private reply(operation: Operation, begun: number, message: Msg, outcome: Outcome, body: unknown): void {
    const { logger, metrics } = this.options;
    try {
      const told = respond(message, outcome, body, this.limit);
      metrics?.handled(operation.id, told, (performance.now() - begun) / 1000);
    } catch (error) {
      // The connection is closed: the caller's deadline tells it, and its key makes repeating safe.
      logger.warn({ err: error, subject: message.subject }, 'answer could not be sent');
    }
  }

  private get limit(): number {
    return bodyLimit(this.options.bus, this.options.maxMessageBytes);
  }

  private logFailure(operation: Operation, error: unknown): void {
    if (error instanceof Problem && error.type.status < 500) {
      this.options.logger.debug({ operation: operation.id, code: error.code }, 'operation refused');
    } else this.options.logger.error({ err: error, operation: operation.id }, 'operation failed');
  }
}
