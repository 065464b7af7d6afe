/** What one claim saw. */
export interface ClaimView {
  /** Oldest transaction still running, and the first not yet begun, when it looked (PostgreSQL transaction ids). */
  readonly xmin: bigint;
  readonly xmax: bigint;
  /** Smallest and largest position of what it saw unpublished; undefined when there was nothing. */
  readonly lowest?: bigint;
  readonly highest?: bigint;
}

/**
 * Where the next claim may begin to look: below it everything is published and nothing can appear any more. Without it
 * every claim would walk over the index entries of what was published, for as long as any old transaction keeps them.
 *
 * A position is taken by a transaction that has its id already (`outbox_add` writes the counter first). So whoever holds
 * a position up to the largest visible one has an id below that look's xmax, and once xmin has reached it all of them
 * have ended and what they committed is seen.
 */
export class ClaimFloor {
  private floor = 0n;
  private pending?: { position: bigint; xmax: bigint };

  get position(): bigint {
    return this.floor;
  }

  /** Takes in what a claim saw from the floor on. */
  saw(view: ClaimView): void {
    if (this.pending && view.xmin >= this.pending.xmax) {
      const settled = this.pending.position;
      this.floor = view.lowest === undefined || view.lowest > settled ? settled : view.lowest - 1n;
      this.pending = undefined;
    }
    if (!this.pending && view.highest !== undefined && view.highest > this.floor) this.pending = { position: view.highest, xmax: view.xmax };
  }

  /** Looks at everything again: rows may have been set back by hand. */
  reset(): void {
    this.floor = 0n;
    this.pending = undefined;
  }
}
