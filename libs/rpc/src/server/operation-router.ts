import type { Operation } from '#leadwire/contracts';
import type { Database } from '#leadwire/database';
import { hasCapability, newId, Problems, type Caller } from '#leadwire/kernel';
import type { SignedContexts } from '../context/signed-context.js';
import { validateInput } from '../validate-input.js';
import { AnsweredBefore, Call } from './call.js';

const DEFAULT_DEADLINE_MS = 10_000;

/** A request as it came off the bus. */
export interface IncomingRequest {
  readonly body: string;
  header(name: 'context' | 'requestId' | 'idempotencyKey' | 'deadline'): string | undefined;
}

/** What every request to an operation goes through before its handler, in this order. */
export class OperationRouter {
  constructor(
    private readonly contexts: SignedContexts,
    private readonly database: Database,
  ) {}

  /** Verifies, permits, validates, then runs the handler; throws a Problem or what the handler threw. */
  async run(operation: Operation, request: IncomingRequest, handler: (call: Call) => Promise<unknown>): Promise<unknown> {
    const caller = await this.contexts.verify(request.header('context'));
    permit(operation, caller);
    const deadline = Number(request.header('deadline')) || Date.now() + DEFAULT_DEADLINE_MS;
    if (deadline < Date.now()) throw Problems.timeout();
    const input = await validateInput(operation.input, parse(request.body));
    const requestId = request.header('requestId') ?? newId();
    const call = new Call(operation, input, caller, requestId, request.header('idempotencyKey'), deadline, this.database);
    try {
      return await handler(call);
    } catch (error) {
      if (error instanceof AnsweredBefore) return error.answer;
      throw error;
    }
  }
}

/** Refuses a caller who may not call an operation: not signed in, or without the capability. */
export function permit(operation: Operation, caller: Caller): void {
  const { access } = operation;
  if (access === 'public') return;
  if (access === 'internal') {
    if (caller.actor.kind !== 'service') throw Problems.forbidden();
  } else if (access === 'signed-in') {
    if (caller.actor.kind === 'anonymous') throw Problems.unauthenticated();
  } else if (!hasCapability(caller, access)) {
    throw Problems.forbidden({ detail: `This operation takes the capability ${access}.` });
  }
}

function parse(body: string): unknown {
  try {
    return body === '' ? {} : JSON.parse(body);
  } catch {
    throw Problems.malformed();
  }
}
