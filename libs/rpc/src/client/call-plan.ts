import type { Operation } from '#leadwire/contracts';
import { ambientCall, Problem, Problems } from '#leadwire/kernel';
import { RpcProblems } from '../rpc-problems.js';
import type { CallOptions } from './call-options.js';

/** What is decided of a call before it is made. */
export interface CallPlan {
  /** When it is given up, ms since the epoch. */
  readonly deadline: number;
  readonly requestId: string | undefined;
  readonly signals: readonly AbortSignal[];
  /** Whether doing it twice is doing it once. */
  readonly idempotent: boolean;
  /** How long the next attempt waits, ms. @throws the reason why there is none */
  nextWaitMs(): number;
}

/** Decides deadline, signals and retries of a call from its operation, its options and the call it is made in. */
export function planCall(operation: Operation<any, any>, options: CallOptions, defaultDeadlineMs: number): CallPlan {
  const around = ambientCall();
  const own = options.deadline ?? Date.now() + (operation.deadlineMs ?? defaultDeadlineMs);
  const deadline = Math.min(own, around?.deadline ?? Infinity);
  const idempotent = isIdempotent(operation, options.idempotencyKey);
  const signals = [options.signal, around?.signal].filter((signal) => signal !== undefined);
  const plan: CallPlan = {
    deadline,
    idempotent,
    signals,
    requestId: options.requestId ?? around?.requestId,
    nextWaitMs: () => waitMs(plan, idempotent ? options.attemptMs : undefined),
  };
  plan.nextWaitMs();
  return plan;
}

// A write with a key is done once by the service, which keeps its answer; an answer with a secret is not kept.
function isIdempotent(operation: Operation<any, any>, key: string | undefined): boolean {
  return operation.effect === 'read' || (key !== undefined && !operation.secretAnswer);
}

function waitMs({ deadline, signals }: CallPlan, attemptMs = Infinity): number {
  const aborted = signals.find((signal) => signal.aborted);
  if (aborted) throw aborted.reason instanceof Problem ? aborted.reason : RpcProblems.cancelled();
  const left = deadline - Date.now();
  if (left <= 0) throw Problems.timeout();
  return Math.min(left, attemptMs);
}
