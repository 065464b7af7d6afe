import { injectTrace, RequestHeaders, type Bus } from '#leadwire/bus';
import type { Operation } from '#leadwire/contracts';
import { newId, Problem, Problems, type Caller } from '#leadwire/kernel';
import { headers, NoRespondersError, RequestError, TimeoutError, type Msg, type MsgHdrs } from '@nats-io/transport-node';
import { context, SpanKind, trace } from '@opentelemetry/api';
import type { SignedContexts } from '../context/signed-context.js';
import { fromWireProblem, type WireProblem } from '../wire-problem.js';

const DEFAULT_DEADLINE_MS = 10_000;

/** On whose behalf a call is made, and under which key it may be repeated. */
export interface CallOptions {
  caller: Caller;
  idempotencyKey?: string;
  requestId?: string;
  /** When to stop waiting, ms since the epoch; the operation's own deadline unless told. */
  deadline?: number;
}

/** Calls operations of other services over the bus. */
export class RpcClient {
  constructor(
    private readonly bus: Bus,
    private readonly contexts: SignedContexts,
  ) {}

  /**
   * Calls an operation and answers what it answers; throws the Problem it refused with, `service.unavailable` when
   * nobody listens, `service.timeout` when the deadline passed (the work may have been done: repeat with the same key).
   */
  async call<I extends object, O extends object | void>(operation: Operation<I, O>, input: I, options: CallOptions): Promise<O> {
    const span = trace.getTracer('leadwire').startSpan(`call ${operation.id}`, { kind: SpanKind.CLIENT });
    return context.with(trace.setSpan(context.active(), span), async () => {
      try {
        return await this.request(operation, input, options);
      } finally {
        span.end();
      }
    });
  }

  private async request<I extends object, O extends object | void>(operation: Operation<I, O>, input: I, options: CallOptions): Promise<O> {
    const body = JSON.stringify(input);
    if (Buffer.byteLength(body) > this.bus.maxPayload - 4_096) throw Problems.tooLarge();
    const deadline = options.deadline ?? Date.now() + (operation.deadlineMs ?? DEFAULT_DEADLINE_MS);
    const timeout = deadline - Date.now();
    if (timeout <= 0) throw Problems.timeout();
    const head = await this.headers(options, deadline);
    try {
      const reply = await this.bus.connection.request(this.bus.subject(operation.subject), body, { timeout, headers: head });
      return readReply<O>(reply);
    } catch (error) {
      throw asProblem(error);
    }
  }

  private async headers(options: CallOptions, deadline: number): Promise<MsgHdrs> {
    const head = headers();
    head.set(RequestHeaders.context, await this.contexts.sign(options.caller));
    head.set(RequestHeaders.requestId, options.requestId ?? newId());
    head.set(RequestHeaders.deadline, String(deadline));
    if (options.idempotencyKey) head.set(RequestHeaders.idempotencyKey, options.idempotencyKey);
    injectTrace(head);
    return head;
  }
}

function readReply<O>(reply: Msg): O {
  if (reply.headers?.get(RequestHeaders.outcome) === 'problem') throw fromWireProblem(reply.json<WireProblem>());
  return reply.json<O>();
}

function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof NoRespondersError || (error instanceof RequestError && error.isNoResponders())) return Problems.unavailable();
  if (error instanceof TimeoutError) return Problems.timeout();
  // The connection is down or draining: whether the request arrived is not known.
  return Problems.unavailable({ detail: 'The bus does not answer.' });
}
