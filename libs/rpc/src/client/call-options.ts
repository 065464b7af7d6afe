import type { Caller } from '#leadwire/kernel';
import type { Logger } from 'pino';
import type { RpcMetrics } from '../rpc-metrics.js';

/** On whose behalf a call is made, how long it is waited for, and under which key it may be repeated. */
export interface CallOptions {
  caller: Caller;
  /** Makes a `write` safe to repeat, so it is retried like a `read`. */
  idempotencyKey?: string;
  /** The id of the request it belongs to; the surrounding call's unless told. */
  requestId?: string;
  /** When to stop waiting, ms since the epoch; the operation's own deadline unless told, never past the surrounding call's. */
  deadline?: number;
  /** How long one attempt of an idempotent call may take, ms; unless told, the first attempt has all of the time. */
  attemptMs?: number;
  /** Gives the call up, here and at the service; the surrounding call's signal does so in any case. */
  signal?: AbortSignal;
}

/** How a client calls; what is not told has a default. */
export interface RpcClientOptions {
  readonly metrics?: RpcMetrics;
  readonly logger?: Logger;
  /** For operations that declare no deadline; 10,000 ms. */
  readonly defaultDeadlineMs?: number;
  /** Attempts at an idempotent call, the first included; 3. */
  readonly attempts?: number;
  /** Before the second attempt, at most; four times as much before each further one; 50 ms. */
  readonly firstPauseMs?: number;
  /** Failures in a row that open the breaker to a service; 5. */
  readonly breakAfter?: number;
  /** How long an open breaker lets nothing through; 1,000 ms. */
  readonly breakForMs?: number;
  /** A timeout counts against a service only when it had at least this long; 1,000 ms. */
  readonly fairWaitMs?: number;
  /** Largest message sent, when smaller than the server's limit, in bytes. */
  readonly maxMessageBytes?: number;
  /** Prefix of the subject on which answers come; `_INBOX` unless the bus' permissions want another. */
  readonly inboxPrefix?: string;
}
