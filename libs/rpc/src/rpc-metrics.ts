import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** What a process counts of the calls it makes and answers (Prometheus; seconds). */
export class RpcMetrics {
  private readonly calls: Counter;
  private readonly failures: Counter;
  private readonly retries: Counter;
  private readonly duration: Histogram;
  private readonly breaker: Gauge;
  private readonly handledSeconds: Histogram;
  private readonly cancellations: Counter;
  private readonly refusals: Counter;

  constructor(registry: Registry) {
    const registers = [registry];
    this.calls = new Counter({ name: 'leadwire_rpc_calls_total', help: 'Calls made.', labelNames: ['operation'], registers });
    this.failures = new Counter({ name: 'leadwire_rpc_call_failures_total', help: 'Calls that ended in a problem.', labelNames: ['operation', 'code'], registers });
    this.retries = new Counter({ name: 'leadwire_rpc_retries_total', help: 'Attempts after the first.', labelNames: ['operation'], registers });
    this.duration = new Histogram({ name: 'leadwire_rpc_call_seconds', help: 'From a call to its answer, retries included.', labelNames: ['operation'], buckets: SECONDS, registers });
    this.breaker = new Gauge({ name: 'leadwire_rpc_breaker_state', help: 'Breaker to a service: 0 closed, 1 half open, 2 open.', labelNames: ['target'], registers });
    this.handledSeconds = new Histogram({ name: 'leadwire_rpc_handled_seconds', help: 'From a request to its answer, at the service.', labelNames: ['operation', 'outcome'], buckets: SECONDS, registers });
    this.cancellations = new Counter({ name: 'leadwire_rpc_cancelled_total', help: 'Calls whose caller gave up while they were under way.', registers });
    this.refusals = new Counter({ name: 'leadwire_rpc_contexts_refused_total', help: 'Requests whose signed context was refused.', labelNames: ['operation', 'reason'], registers });
  }

  /** A call ended; `code` of the problem it ended with. */
  called(operation: string, seconds: number, code?: string): void {
    this.calls.inc({ operation });
    this.duration.observe({ operation }, seconds);
    if (code !== undefined) this.failures.inc({ operation, code });
  }

  retried(operation: string): void {
    this.retries.inc({ operation });
  }

  breakerIs(target: string, state: 0 | 1 | 2): void {
    this.breaker.set({ target }, state);
  }

  handled(operation: string, outcome: 'ok' | 'problem', seconds: number): void {
    this.handledSeconds.observe({ operation, outcome }, seconds);
  }

  cancelled(): void {
    this.cancellations.inc();
  }

  contextRefused(operation: string, reason: string): void {
    this.refusals.inc({ operation, reason });
  }
}
