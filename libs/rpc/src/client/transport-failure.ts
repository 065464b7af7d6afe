import { Problems, type Problem } from '#leadwire/kernel';

/**
 * Why a request got no answer: nobody listens; the connection is away (`disconnected`); no answer in time; the bus does
 * not let this process call that service (`forbidden`).
 */
export type FailureKind = 'no-responders' | 'disconnected' | 'timeout' | 'forbidden';

/** A request that got no answer at all: it says nothing about the request itself. */
export class TransportFailure extends Error {
  override readonly name = 'TransportFailure';

  constructor(
    readonly kind: FailureKind,
    /** How long the target had, in ms. */
    readonly waitedMs = 0,
  ) {
    super(kind);
  }

  /** What the caller is told. */
  toProblem(): Problem {
    if (this.kind === 'timeout') return Problems.timeout();
    if (this.kind === 'no-responders') return Problems.unavailable();
    if (this.kind === 'forbidden') return Problems.unavailable({ detail: 'The bus does not permit this call.' });
    return Problems.unavailable({ detail: 'The bus does not answer.' });
  }
}
