import type { SeedResult } from './play-seed.js';

const SHOWN_OF_A_KIND = 3;

/** What is told of a seed when it has been played: what there was, and every way in which it was not as it must be. */
export function reportLines({ differences, faults, drainedMs, observed }: SeedResult): string[] {
  const { facts, effects, deadLetters, stream } = observed;
  return [
    `  ${faults} faults, ${facts.length} committed events, ${stream.length} on the stream, ${effects.length} effects, ` +
      `${deadLetters.length} dead letters; drained ${(drainedMs / 1_000).toFixed(1)} s after the last fault`,
    ...differenceLines(differences),
  ];
}

// A kind stands before the colon; one fault of a library makes hundreds of one kind.
function differenceLines(differences: readonly string[]): string[] {
  return [...Map.groupBy(differences, (text) => text.split(':')[0]!)].flatMap(([kind, texts]) => [
    ...texts.slice(0, SHOWN_OF_A_KIND).map((text) => `  ✗ ${text}`),
    ...(texts.length > SHOWN_OF_A_KIND ? [`    … ${texts.length} of "${kind}"`] : []),
  ]);
}
