import { injectTrace, RequestHeaders, type Bus } from '#leadwire/bus';
import type { Operation } from '#leadwire/contracts';
import { newId, Problem, Problems } from '#leadwire/kernel';
import { headers, type Msg, type MsgHdrs } from '@nats-io/transport-node';
import { context, SpanKind, trace } from '@opentelemetry/api';
import { cancelSubject } from '../cancel-subject.js';
import type { SignedContexts } from '../context/signed-context.js';
import { bodyLimit, encodeRequest } from '../message-limit.js';
import { fromWireProblem, type WireProblem } from '../wire-problem.js';
import { Breakers } from './breakers.js';
import type { CallOptions, RpcClientOptions } from './call-options.js';
import { planCall, type CallPlan } from './call-plan.js';
import { ReplyInbox } from './reply-inbox.js';
import { pauseUnlessAborted, retryPause } from './retry-pause.js';
import { TransportFailure } from './transport-failure.js';

const DEFAULTS = { defaultDeadlineMs: 10_000, attempts: 3, firstPauseMs: 50, breakAfter: 5, breakForMs: 1_000, fairWaitMs: 1_000 };

/** Calls operations of other services over the bus. */
export class RpcClient {
  private readonly options: RpcClientOptions & typeof DEFAULTS;
  private readonly breakers: Breakers;
  private readonly inbox: ReplyInbox;

  constructor(
    private readonly bus: Bus,
    private readonly contexts: SignedContexts,
    options: RpcClientOptions = {},
  ) {
    this.options = { ...DEFAULTS, ...options };
    this.breakers = new Breakers(this.options);
    this.inbox = new ReplyInbox(bus.connection, options.inboxPrefix ?? bus.inboxPrefix);
  }

  /**
   * Calls an operation and answers what it answers. Inside of a call it has no more time than is left of that one, and
   * is given up with it. Idempotent calls that got no answer are tried again.
   * @throws the Problem it refused with; `service.unavailable` when nobody listens; `service.circuit-open` when nobody
   * did of late; `service.timeout` when the deadline passed and `call.cancelled` when a signal gave it up (the work may
   * have been done: repeat with the same key); `request.too-large`, `answer.too-large`
   */
  async call<I extends object, O extends object | void>(operation: Operation<I, O>, input: I, options: CallOptions): Promise<O> {
    const span = trace.getTracer('leadwire').startSpan(`call ${operation.id}`, { kind: SpanKind.CLIENT });
    const begun = performance.now();
    let code: string | undefined;
    return context.with(trace.setSpan(context.active(), span), async () => {
      try {
        return await this.request(operation, input, options);
      } catch (error) {
        const problem = asProblem(error);
        code = problem instanceof Problem ? problem.code : 'error';
        throw problem;
      } finally {
        span.end();
        this.options.metrics?.called(operation.id, (performance.now() - begun) / 1000, code);
      }
    });
  }

  private async request<I extends object, O extends object | void>(operation: Operation<I, O>, input: I, options: CallOptions): Promise<O> {
    const plan = planCall(operation, options, this.options.defaultDeadlineMs);
    const body = encodeRequest(input, bodyLimit(this.bus, this.options.maxMessageBytes));
    const head = await this.headers(operation, plan, options);
    return readReply<O>(await this.breakers.of(operation.service).run(() => this.attempts(operation, plan, body, head)));
  }

  private async attempts(operation: Operation<any, any>, plan: CallPlan, body: Uint8Array, head: MsgHdrs): Promise<Msg> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.attempt(operation, plan, body, head);
      } catch (error) {
        // A request of which nobody knows whether it was done is sent again only if doing it twice is doing it once.
        const again = plan.idempotent && error instanceof TransportFailure && error.kind !== 'forbidden';
        const pause = again ? retryPause(attempt, plan.deadline, this.options) : undefined;
        if (pause === undefined) throw error;
        this.options.metrics?.retried(operation.id);
        await pauseUnlessAborted(pause, plan.signals);
      }
    }
  }

  private attempt(operation: Operation<any, any>, plan: CallPlan, body: Uint8Array, head: MsgHdrs): Promise<Msg> {
    const { signals, idempotent } = plan;
    const waitMs = plan.nextWaitMs();
    const subject = this.bus.subject(operation.subject);
    return this.inbox.ask({ subject, body, head, waitMs, signals, failsOnDisconnect: idempotent }, (reply) => this.cancel(operation, reply));
  }

  private cancel(operation: Operation<any, any>, reply: string): void {
    try {
      this.bus.connection.publish(this.bus.subject(cancelSubject(operation.service)), reply);
    } catch {
      // The connection is closed: the service has the deadline to go by.
    }
  }

  private async headers(operation: Operation<any, any>, plan: CallPlan, options: CallOptions): Promise<MsgHdrs> {
    const head = headers();
    head.set(RequestHeaders.context, await this.contexts.sign(options.caller, operation.service));
    head.set(RequestHeaders.requestId, plan.requestId ?? newId());
    head.set(RequestHeaders.deadline, String(plan.deadline));
    if (options.idempotencyKey) head.set(RequestHeaders.idempotencyKey, options.idempotencyKey);
    injectTrace(head);
    return head;
  }
}

function readReply<O>(reply: Msg): O {
  try {
    if (reply.headers?.get(RequestHeaders.outcome) !== 'problem') return reply.json<O>();
  } catch {
    throw Problems.internal({ detail: 'The answer could not be read.' });
  }
  throw fromWireProblem(reply.json<WireProblem>());
}

function asProblem(error: unknown): unknown {
  return error instanceof TransportFailure ? error.toProblem() : error;
}
