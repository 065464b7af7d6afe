import { Problem } from '#leadwire/kernel';
import type { Msg, MsgHdrs } from '@nats-io/transport-node';
import { RpcProblems } from '../rpc-problems.js';
import { TransportFailure } from './transport-failure.js';

/** One attempt at a request, ready to be sent. */
export interface Attempt {
  readonly subject: string;
  readonly body: Uint8Array;
  readonly head: MsgHdrs;
  /** How long to wait for the answer, ms. */
  readonly waitMs: number;
  /** Any of them gives it up. */
  readonly signals: readonly AbortSignal[];
  /** Whether a lost connection ends it: it may be sent again. Otherwise its answer may still come. */
  readonly failsOnDisconnect: boolean;
}

/** Somebody who waits for an answer. */
export class PendingReply {
  private readonly timer: NodeJS.Timeout;
  private readonly onAbort = (event: Event): void => {
    const { reason } = event.target as AbortSignal;
    this.giveUp(reason instanceof Problem ? reason : RpcProblems.cancelled());
  };

  constructor(
    readonly attempt: Attempt,
    private readonly resolve: (reply: Msg) => void,
    private readonly reject: (error: unknown) => void,
    private readonly giveUp: (error: unknown) => void,
  ) {
    const { waitMs, signals } = attempt;
    this.timer = setTimeout(() => giveUp(new TransportFailure('timeout', waitMs)), waitMs);
    for (const signal of signals) signal.addEventListener('abort', this.onAbort);
  }

  answer(reply: Msg): void {
    this.settle();
    this.resolve(reply);
  }

  fail(error: unknown): void {
    this.settle();
    this.reject(error);
  }

  private settle(): void {
    clearTimeout(this.timer);
    for (const signal of this.attempt.signals) signal.removeEventListener('abort', this.onAbort);
  }
}
