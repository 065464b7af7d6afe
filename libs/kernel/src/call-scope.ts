import { AsyncLocalStorage } from 'node:async_hooks';
import { Problems } from './problem.js';

/** One request under way: which it is, how long its caller waits, and the signal that it is not waited for any more. */
export class CallScope {
  private controller?: AbortController;
  private timer?: NodeJS.Timeout;
  private reason?: unknown;
  private ended = false;

  constructor(
    readonly requestId: string,
    /** When the caller stops waiting, ms since the epoch. */
    readonly deadline: number,
  ) {}

  /** Aborts when the caller gives up or the deadline passes. Made when it is first asked for: most calls never do. */
  get signal(): AbortSignal {
    this.controller ??= this.newController();
    return this.controller.signal;
  }

  /** Whether the handler has returned: what it left running behind is no part of the call. */
  get done(): boolean {
    return this.ended;
  }

  /** Tells the work that nobody waits for it; the first reason stays. */
  abort(reason: unknown): void {
    this.reason ??= reason;
    clearTimeout(this.timer);
    this.controller?.abort(this.reason);
  }

  /** Throws the reason when the caller gave up, `service.timeout` when the deadline has passed. */
  throwIfOver(): void {
    if (this.reason !== undefined) throw this.reason;
    if (Date.now() >= this.deadline) throw Problems.timeout({ detail: 'The deadline of the call has passed.' });
  }

  /** The work is done: frees the timer. */
  end(): void {
    this.ended = true;
    clearTimeout(this.timer);
  }

  private newController(): AbortController {
    const controller = new AbortController();
    if (this.reason !== undefined) controller.abort(this.reason);
    else if (!this.ended) this.timer = setTimeout(() => this.abort(Problems.timeout()), Math.max(0, this.deadline - Date.now())).unref();
    return controller;
  }
}

const scopes = new AsyncLocalStorage<CallScope>();

/** Runs the work of a call; what it awaits finds the call by `ambientCall`. */
export function withinCall<T>(scope: CallScope, work: () => T): T {
  return scopes.run(scope, work);
}

/**
 * The call that the running code works for; undefined outside of one, and in what a handler started and left behind (a
 * timer, a loop it woke): such work has no caller who waits.
 */
export function ambientCall(): CallScope | undefined {
  const scope = scopes.getStore();
  return scope?.done ? undefined : scope;
}

/** When the caller of the running code stops waiting, ms since the epoch; undefined where nobody waits. */
export function ambientDeadline(): number | undefined {
  return ambientCall()?.deadline;
}
