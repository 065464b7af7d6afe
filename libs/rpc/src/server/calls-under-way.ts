import { RequestHeaders, type Bus } from '#leadwire/bus';
import type { Operation } from '#leadwire/contracts';
import { CallScope, newId } from '#leadwire/kernel';
import type { Msg, Subscription } from '@nats-io/transport-node';
import { cancelSubject } from '../cancel-subject.js';
import type { RpcMetrics } from '../rpc-metrics.js';
import { RpcProblems } from '../rpc-problems.js';

const DEFAULT_DEADLINE_MS = 10_000;
// What a header may ask for at most; also far below what a timer can hold.
const LONGEST_MS = 15 * 60_000;

/** The calls that a server works on, by reply subject, so that the caller can give one up. */
export class CallsUnderWay {
  private readonly scopes = new Map<string, CallScope>();

  constructor(private readonly metrics?: RpcMetrics) {}

  /** Hears which calls are given up. Every replica does: only one has the call. */
  listen(bus: Bus, service: string): Subscription {
    return bus.connection.subscribe(bus.subject(cancelSubject(service)), {
      callback: (error, message) => void (error ?? this.cancel(message.string())),
    });
  }

  /**
   * A request has come. To be called before anything is waited for: its cancellation comes behind it on the same
   * connection, and must find it here.
   */
  begin(operation: Operation, message: Msg): CallScope {
    const now = Date.now();
    const header = (name: string): string | undefined => message.headers?.get(name) || undefined;
    const asked = Number(header(RequestHeaders.deadline)) || now + (operation.deadlineMs ?? DEFAULT_DEADLINE_MS);
    const scope = new CallScope(header(RequestHeaders.requestId) ?? newId(), Math.min(asked, now + LONGEST_MS));
    if (message.reply) this.scopes.set(message.reply, scope);
    return scope;
  }

  end(message: Msg, scope: CallScope): void {
    scope.end();
    if (message.reply) this.scopes.delete(message.reply);
  }

  private cancel(reply: string): void {
    const scope = this.scopes.get(reply);
    if (!scope) return;
    scope.abort(RpcProblems.cancelled());
    this.metrics?.cancelled();
  }
}
