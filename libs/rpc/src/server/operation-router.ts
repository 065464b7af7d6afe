import type { Operation } from '#leadwire/contracts';
import type { Database } from '#leadwire/database';
import { hasCapability, Problem, Problems, withinCall, type CallScope, type Caller } from '#leadwire/kernel';
import { ContextRefused } from '../context/context-refused.js';
import type { RefusedContexts } from '../context/refused-contexts.js';
import type { SignedContexts } from '../context/signed-context.js';
import { validateInput } from '../validate-input.js';
import { AnsweredBefore, Call } from './call.js';
import { isStatementTimeout } from './statement-timeout.js';

/** A request as it came off the bus. */
export interface IncomingRequest {
  readonly body: string;
  readonly scope: CallScope;
  header(name: 'context' | 'idempotencyKey'): string | undefined;
}

/** What every request to an operation goes through before its handler, in this order. */
export class OperationRouter {
  constructor(
    private readonly contexts: SignedContexts,
    private readonly database: Database,
    private readonly refused?: RefusedContexts,
  ) {}

  /**
   * Refuses what is too late, verifies, permits, validates, then runs the handler as the ambient call; throws a Problem
   * or what the handler threw.
   */
  async run(operation: Operation, request: IncomingRequest, handler: (call: Call) => Promise<unknown>): Promise<unknown> {
    const { scope } = request;
    scope.throwIfOver();
    const caller = await this.verify(operation, request);
    permit(operation, caller);
    const input = await validateInput(operation.input, parse(request.body));
    const call = new Call(operation, input, caller, request.header('idempotencyKey'), scope, this.database);
    try {
      return await withinCall(scope, () => handler(call));
    } catch (error) {
      if (error instanceof AnsweredBefore) return error.answer;
      throw asTimeout(error, scope);
    }
  }

  /** Writes down what was refused and is not yet. */
  async close(): Promise<void> {
    await this.refused?.flush();
  }

  private async verify(operation: Operation, { scope, header }: IncomingRequest): Promise<Caller> {
    try {
      return await this.contexts.verify(header('context'));
    } catch (error) {
      if (error instanceof ContextRefused) this.refused?.note(operation.id, scope.requestId, error);
      throw error;
    }
  }
}

// A statement that the deadline stopped is no failure of the service, nor is what followed from the signal.
function asTimeout(error: unknown, scope: CallScope): unknown {
  if (error instanceof Problem) return error;
  if (isStatementTimeout(error)) return Problems.timeout({ detail: 'The deadline of the call passed during its work.' });
  const { signal } = scope;
  return signal.aborted && error instanceof Error && error.name === 'AbortError' ? signal.reason : error;
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
