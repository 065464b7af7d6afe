import { extractTrace, RequestHeaders, type Bus } from '#leadwire/bus';
import type { Operation } from '#leadwire/contracts';
import { Problem, Problems } from '#leadwire/kernel';
import { CustomTransportStrategy, Server, type MessageHandler } from '@nestjs/microservices';
import { headers, type Msg, type Subscription } from '@nats-io/transport-node';
import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Logger as PinoLogger } from 'pino';
import { lastValueFrom } from 'rxjs';
import { PendingCalls } from '../pending-calls.js';
import { toWireProblem } from '../wire-problem.js';
import type { Call } from './call.js';
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
}

/** Nest's transport for operations: request-reply over the service's one NATS connection, replicas sharing a queue group. */
export class RpcServer extends Server implements CustomTransportStrategy {
  private readonly subscriptions: Subscription[] = [];
  private readonly pending = new PendingCalls();

  constructor(private readonly options: RpcServerOptions) {
    super();
  }

  /** Subscribes every operation; throws when one of the contract has no handler, or a handler no contract. */
  async listen(callback: (error?: unknown) => void): Promise<void> {
    try {
      this.assertComplete();
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
    const parent = extractTrace(message.headers);
    const span = trace.getTracer('leadwire').startSpan(
      `rpc ${operation.id}`,
      { kind: SpanKind.SERVER, attributes: { 'rpc.system': 'nats', 'service.name': this.options.service } },
      parent,
    );
    await context.with(trace.setSpan(parent, span), async () => {
      try {
        this.reply(message, 'ok', await this.run(operation, handler, message));
      } catch (error) {
        span.setStatus({ code: SpanStatusCode.ERROR, message: String(error) });
        this.logFailure(operation, error);
        this.reply(message, 'problem', toWireProblem(error));
      }
    });
    span.end();
  }

  private run(operation: Operation, handler: MessageHandler, message: Msg): Promise<unknown> {
    const request = {
      body: message.string(),
      header: (name: keyof typeof RequestHeaders) => message.headers?.get(RequestHeaders[name]) || undefined,
    };
    return this.options.router.run(operation, request, async (call: Call) =>
      lastValueFrom(this.transformToObservable(await handler(call)), { defaultValue: undefined }),
    );
  }

  private reply(message: Msg, outcome: 'ok' | 'problem', body: unknown): void {
    const text = JSON.stringify(body ?? null);
    if (Buffer.byteLength(text) > this.options.bus.maxPayload - 4_096) {
      return this.reply(message, 'problem', toWireProblem(Problems.tooLarge({ detail: 'The answer is larger than one message; ask for a smaller page.' })));
    }
    const head = headers();
    head.set(RequestHeaders.outcome, outcome);
    try {
      message.respond(text, { headers: head });
    } catch (error) {
      // The connection is closed: the caller's deadline tells it, and its key makes repeating safe.
      this.options.logger.warn({ err: error, subject: message.subject }, 'answer could not be sent');
    }
  }

  private logFailure(operation: Operation, error: unknown): void {
    if (error instanceof Problem && error.type.status < 500) {
      this.options.logger.debug({ operation: operation.id, code: error.code }, 'operation refused');
    } else this.options.logger.error({ err: error, operation: operation.id }, 'operation failed');
  }
}
