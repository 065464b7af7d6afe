/** Who takes part in rounds. */
export interface Entrant {
  readonly key: string;
  readonly name: string;
}

/** What an entrant reached in each round, or why it could not. */
export interface Outcome<E extends Entrant, R> {
  readonly entrant: E;
  readonly results: R[];
  failed?: string;
}

/** What a round is told of itself. */
export interface Turn {
  /** 0 is the warm-up, which does not count. */
  readonly round: number;
}

/**
 * Runs everybody once in each round, so that a machine that grows slower does so for all of them; every other round in
 * the opposite order. Who fails is out, and the others go on.
 */
export async function playRounds<E extends Entrant, R>(
  entrants: readonly E[],
  rounds: number,
  play: (entrant: E, turn: Turn) => Promise<R>,
  tell: (entrant: E, turn: Turn, result: R) => void,
): Promise<Outcome<E, R>[]> {
  const outcomes = entrants.map((entrant): Outcome<E, R> => ({ entrant, results: [] }));
  for (let round = 0; round <= rounds; round++) {
    for (const outcome of round % 2 === 0 ? outcomes : outcomes.toReversed()) {
      if (outcome.failed) continue;
      try {
        const result = await play(outcome.entrant, { round });
        if (round > 0) outcome.results.push(result);
        tell(outcome.entrant, { round }, result);
      } catch (error) {
        outcome.failed = error instanceof Error ? error.message : String(error);
        console.error(`${outcome.entrant.name} failed:`, error);
      }
    }
  }
  return outcomes;
}

/** Those that `only` names, or all; an unknown name is refused. */
export function chosen<E extends Entrant>(entrants: readonly E[], only: readonly string[] | undefined): E[] {
  if (!only) return [...entrants];
  const unknown = only.filter((key) => !entrants.some((entrant) => entrant.key === key));
  if (unknown.length > 0) throw new Error(`--only knows no ${unknown.join(', ')}: ${entrants.map(({ key }) => key).join(', ')}`);
  return entrants.filter(({ key }) => only.includes(key));
}
