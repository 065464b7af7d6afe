import { circuitBreaker, CircuitState, ConsecutiveBreaker, handleWhen, isBrokenCircuitError, type CircuitBreakerPolicy } from 'cockatiel';
import type { Logger } from 'pino';
import type { RpcMetrics } from '../rpc-metrics.js';
import { RpcProblems } from '../rpc-problems.js';
import { TransportFailure } from './transport-failure.js';

/** When the breaker to a service opens, and for how long. */
export interface BreakerOptions {
  readonly breakAfter: number;
  readonly breakForMs: number;
  readonly fairWaitMs: number;
  readonly metrics?: RpcMetrics;
  readonly logger?: Logger;
}

const GAUGE = { [CircuitState.Closed]: 0, [CircuitState.HalfOpen]: 1, [CircuitState.Open]: 2, [CircuitState.Isolated]: 2 } as const;

/** One breaker for each service called. */
export class Breakers {
  private readonly known = new Map<string, Breaker>();

  constructor(private readonly options: BreakerOptions) {}

  of(target: string): Breaker {
    let breaker = this.known.get(target);
    if (!breaker) this.known.set(target, (breaker = new Breaker(target, this.options)));
    return breaker;
  }
}

/** Leaves a service alone that does not answer; a refusal is an answer. */
export class Breaker {
  private readonly policy: CircuitBreakerPolicy;
  private openedAt = 0;

  constructor(
    target: string,
    private readonly options: BreakerOptions,
  ) {
    const { breakAfter, breakForMs: halfOpenAfter, metrics, logger } = options;
    this.policy = circuitBreaker(handleWhen((error) => this.counts(error)), { halfOpenAfter, breaker: new ConsecutiveBreaker(breakAfter) });
    metrics?.breakerIs(target, 0);
    this.policy.onStateChange((state) => {
      if (state === CircuitState.Open) this.openedAt = Date.now();
      metrics?.breakerIs(target, GAUGE[state]);
      logger?.warn({ target, state: CircuitState[state] }, 'breaker changed');
    });
  }

  /** Does the work, or throws `service.circuit-open` without trying. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    // One probe goes through; the policy would let everybody else wait for it, past their deadlines.
    if (this.policy.state === CircuitState.HalfOpen) throw this.refusal();
    try {
      return await this.policy.execute(work);
    } catch (error) {
      throw isBrokenCircuitError(error) ? this.refusal() : error;
    }
  }

  // A probe that ended without an answer proves nothing, whatever ended it. Else: the bus being away is not the target's
  // fault, and neither is a caller who had hardly any time left.
  private counts(error: unknown): boolean {
    if (this.policy.state === CircuitState.HalfOpen) return true;
    if (!(error instanceof TransportFailure)) return false;
    return error.kind === 'no-responders' || (error.kind === 'timeout' && error.waitedMs >= this.options.fairWaitMs);
  }

  private refusal() {
    const left = this.openedAt + this.options.breakForMs - Date.now();
    return RpcProblems.circuitOpen({ extra: { retryAfter: Math.max(1, Math.ceil(left / 1000)) } });
  }
}
